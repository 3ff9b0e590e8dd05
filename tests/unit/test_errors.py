"""AppError travels: to a person, and out of a child process."""

import pickle

from sangkien_desktop.errors import AppError


class StrangeFileError(AppError):
    """As a room would make its own."""


def test_the_text_of_an_error_is_its_sentence() -> None:
    error = AppError("Ổ đĩa đầy.", hint="Dọn ổ D:.", code="disk_full")
    assert (str(error), error.hint, error.code) == ("Ổ đĩa đầy.", "Dọn ổ D:.", "disk_full")


def test_an_error_survives_the_way_out_of_a_child_process() -> None:
    error = StrangeFileError("Tệp lạ.", hint="Chọn tệp khác.", code="strange_file")
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is StrangeFileError
    assert (str(arrived), arrived.hint, arrived.code) == ("Tệp lạ.", "Chọn tệp khác.", "strange_file")
