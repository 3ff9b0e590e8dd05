"""Several processes on one PostgreSQL, and connections that are cut under them."""

import gc
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, func, select, text

from reference_portal.settings import Limits, PortalSettings
from reference_portal.tables import OpRow, RecordRow
from tests.portal.conftest import Start
from tests.portal.world import Officer, Served, batch, create

pytestmark = pytest.mark.postgres
QUICK = Limits(requests_per_minute=0, device_interval_s=0)


def records(portal: Served) -> int:
    with portal.database.read() as session:
        return session.scalar(select(func.count()).select_from(RecordRow)) or 0


def test_two_portals_on_one_database_leave_one_effect(start: Start) -> None:
    first = start("postgres")
    second = Served(PortalSettings(database_url=first.settings.database_url, demo=True, limits=QUICK))
    try:
        officer = first.officer()
        other = Officer(second.url, "canbo")
        other.use(officer.tokens)
        made = [batch(*(create() for _ in range(5))) for _ in range(8)]
        with ThreadPoolExecutor(16) as pool:
            jobs = [(who, each) for each in made for who in (officer, other, officer, other)]
            answers = list(pool.map(lambda job: job[0].post(job[1]), jobs))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == len(made)
        assert records(first) == 40
        changes, page = other.pull(streams="record")
        assert len(changes) == page["digest"]["record"]["count"] == 40
    finally:
        second.close()


# A connection cut while the driver still greets the server is dropped by it unclosed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_connections_cut_at_random_lose_and_double_nothing(start: Start) -> None:
    portal = start("postgres")
    officer = portal.officer()
    made = [batch(*(create() for _ in range(10))) for _ in range(12)]
    cut = text(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and pid <> pg_backend_pid()"
    )

    cutter = create_engine(portal.settings.database_url, isolation_level="AUTOCOMMIT")

    def send(each: dict[str, object]) -> int:
        for tries in range(1, 40):
            if officer.post(each).status_code == 200:
                return tries
        return 0

    with ThreadPoolExecutor(5) as pool:
        sending = [pool.submit(send, each) for each in made]
        chance = random.Random(4)
        while not all(job.done() for job in sending):
            with cutter.connect() as connection:
                connection.execute(cut)
            time.sleep(chance.uniform(0.02, 0.6))
        assert all(job.result() for job in sending)
    cutter.dispose()
    assert records(portal) == 120
    with portal.database.read() as session:
        assert session.scalar(select(func.count()).select_from(OpRow)) == 120
    gc.collect()


@pytest.mark.parametrize("starts", [4])
def test_processes_that_start_at_once_agree_on_one_portal(start: Start, starts: int) -> None:
    url = start("postgres").settings.database_url
    with ThreadPoolExecutor(starts) as pool:
        settings = PortalSettings(database_url=url, limits=QUICK)
        served = list(pool.map(lambda _: Served(settings), range(starts)))
    epochs = {Officer(each.url, "canbo").get("/meta").json()["epoch"] for each in served}
    for each in served:
        each.close()
    assert len(epochs) == 1
