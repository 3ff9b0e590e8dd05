"""What templates may print: the fields of each paper by the names that officers write between {{ and }}."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class AuthorFields:
    """One author in a repeated row."""

    stt: str
    ho_ten: str
    ngay_sinh: str
    noi_cong_tac: str
    chuc_danh: str
    trinh_do: str
    ty_le: str


@dataclass(frozen=True, kw_only=True)
class ProposalFields:
    """One proposed reward in a repeated row."""

    stt: str
    ho_ten: str
    to: str
    ten_sang_kien: str
    lam_loi: str
    hinh_thuc: str


@dataclass(frozen=True, kw_only=True)
class IssuerFields:
    """What every paper has."""

    cap_tren: str
    don_vi: str
    so_van_ban: str
    noi_va_ngay: str
    kinh_gui: str
    nguoi_ky: str
    ten_chuong_trinh: str


@dataclass(frozen=True, kw_only=True)
class LetterFields(IssuerFields):
    """Tờ trình."""

    ky: str
    tinh_den: str
    so_sang_kien: str
    so_hop_le: str
    so_nguoi: str
    ket_qua_chi_tieu: str
    tong_gia_tri: str
    tong_gia_tri_chu: str
    so_de_nghi: str
    de_nghi: tuple[ProposalFields, ...]


@dataclass(frozen=True, kw_only=True)
class InitiativeFields(IssuerFields):
    """Bản mô tả and đơn yêu cầu công nhận."""

    ma: str
    ten_sang_kien: str
    linh_vuc: str
    ngay_ap_dung: str
    tinh_trang: str
    noi_dung: str
    tinh_moi: str
    kha_nang_ap_dung: str
    dieu_kien: str
    hieu_qua: str
    lam_loi: str
    lam_loi_chu: str
    cach_tinh: str
    tai_lieu: str
    bao_mat: str
    chu_dau_tu: str
    tac_gia_chinh: str
    to: str
    tac_gia: tuple[AuthorFields, ...]


@dataclass(frozen=True, kw_only=True)
class CertificateFields(IssuerFields):
    """Giấy chứng nhận, for one author."""

    ho_ten: str
    chuc_danh: str
    noi_cong_tac: str
    ty_le: str
    ma: str
    ten_sang_kien: str
    dong_tac_gia: str
    tom_tat: str
    hieu_qua: str
    cap_cong_nhan: str
    so_quyet_dinh: str
    ngay_quyet_dinh: str


PaperFields = LetterFields | InitiativeFields | CertificateFields


def names(kind: type[PaperFields]) -> frozenset[str]:
    """The fields that a template of this kind may use."""
    return frozenset(field.name for field in fields(kind))
