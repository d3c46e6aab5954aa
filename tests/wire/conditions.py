"""H2 to H4: who has it already gets 304."""

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

from tests.wire.site import Site


def h2_each_coding_has_its_own_strong_etag(site: Site) -> None:
    answers = [site.ask(Accept_Encoding=coding) for coding in ("identity", "gzip", "br")]
    tags = [answer.headers["etag"] for answer in answers]
    codings = [answer.headers.get("content-encoding") for answer in answers]
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)
    assert len(set(tags)) == len(set(codings))


def h2_a_known_etag_is_304(site: Site) -> None:
    tag = site.ask().headers["etag"]
    for form in ("{}", "W/{}", '"old", {}', '"old" , W/{}', "*"):
        assert site.ask(If_None_Match=form.format(tag)).status_code == 304, form
    assert site.ask(If_None_Match='"old"').status_code == 200


def h2_an_etag_that_a_proxy_marked_is_304(site: Site) -> None:
    marked = site.ask().headers["etag"][:-1] + '-gzip"'
    assert site.ask(If_None_Match=marked).status_code == 304
    assert site.ask(If_None_Match="W/" + marked).status_code == 304


def h2_304_has_the_headers_that_200_has(site: Site) -> None:
    whole = site.ask(Accept_Encoding="gzip")
    short = site.ask(Accept_Encoding="gzip", If_None_Match=whole.headers["etag"])
    assert short.status_code == 304
    for name in ("etag", "cache-control", "last-modified", "vary"):
        assert short.headers[name] == whole.headers[name], name


def h3_an_etag_decides_against_a_date(site: Site) -> None:
    modified = site.ask().headers["last-modified"]
    assert site.ask(If_None_Match='"old"', If_Modified_Since=modified).status_code == 200


def h3_an_equal_date_is_304(site: Site) -> None:
    modified = site.ask().headers["last-modified"]
    assert site.ask(If_Modified_Since=modified).status_code == 304
    before = parsedate_to_datetime(modified) - timedelta(seconds=1)
    assert site.ask(If_Modified_Since=format_datetime(before, usegmt=True)).status_code == 200


def h3_a_later_date_is_304(site: Site) -> None:
    later = parsedate_to_datetime(site.ask().headers["last-modified"]) + timedelta(seconds=1)
    assert site.ask(If_Modified_Since=format_datetime(later, usegmt=True)).status_code == 304


def h4_304_has_no_body(site: Site) -> None:
    answer = site.ask(If_None_Match=site.ask().headers["etag"])
    assert (answer.status_code, answer.content, "content-type" in answer.headers) == (304, b"", False)
