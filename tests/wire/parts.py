"""Ranges, methods and guards: what every server of files must do right."""

from tests.wire.reading import http_date
from tests.wire.site import PICTURE, Site


def r1_a_part_of_a_picture(site: Site) -> None:
    whole = site.ask("blog/pictures/a.jpg")
    assert (whole.content, whole.headers["accept-ranges"]) == (PICTURE, "bytes")
    for asked, first, end in (
        ("0-99", 0, 100),
        ("10000-", 10000, len(PICTURE)),
        ("-3", len(PICTURE) - 3, len(PICTURE)),
    ):
        part = site.ask("blog/pictures/a.jpg", Range=f"bytes={asked}")
        assert (part.status_code, part.content) == (206, PICTURE[first:end])
        assert part.headers["content-range"] == f"bytes {first}-{end - 1}/{len(PICTURE)}"


def r2_no_part_beyond_the_end(site: Site) -> None:
    answer = site.ask("blog/pictures/a.jpg", Range=f"bytes={len(PICTURE)}-")
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(PICTURE)}")


def r3_a_part_of_another_version_is_the_whole(site: Site) -> None:
    tag = site.ask("blog/pictures/a.jpg").headers["etag"]
    for condition, status in ((tag, 206), ('"old"', 200), (http_date(1), 200)):
        answer = site.ask("blog/pictures/a.jpg", Range="bytes=0-9", If_Range=condition)
        assert answer.status_code == status, condition


def r4_a_picture_is_kept_for_ever(site: Site) -> None:
    assert site.ask("blog/pictures/a.jpg").headers["cache-control"] == "public, max-age=31536000, immutable"


def r5_other_methods_are_405_with_allow(site: Site) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = site.ask("blog/atom.xml", method)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}


def r6_no_type_is_guessed_and_nothing_runs(site: Site) -> None:
    for path in ("blog/atom.xml", "blog/index.html", "blog/pictures/a.jpg"):
        headers = site.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]


def r7_half_a_document_is_never_served(site: Site) -> None:
    (site.feeds / "blog" / ".relay-half.tmp").write_text("half")
    assert site.ask("blog/.relay-half.tmp").status_code == 404
