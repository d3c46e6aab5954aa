"""The rules of "On the wire", each as a question to a server: an ``AssertionError`` is a no."""

from tests.wire import choosing, conditions, keeping, parts
from tests.wire.site import Rule

RULES: dict[str, tuple[str, Rule]] = {
    "H2 tags": ("a strong ETag of its own for each coding", conditions.h2_each_coding_has_its_own_strong_etag),
    "H2 known": ("`If-None-Match`: lists, `*`, weak comparison → 304", conditions.h2_a_known_etag_is_304),
    "H2 marked": ("`If-None-Match` with a proxy's `-gzip` → 304", conditions.h2_an_etag_that_a_proxy_marked_is_304),
    "H2 headers": (
        "304 with ETag, Cache-Control, Last-Modified, Vary",
        conditions.h2_304_has_the_headers_that_200_has,
    ),
    "H3 first": ("`If-None-Match` wins over `If-Modified-Since`", conditions.h3_an_etag_decides_against_a_date),
    "H3 equal": ("`If-Modified-Since` equal → 304", conditions.h3_an_equal_date_is_304),
    "H3 later": ("`If-Modified-Since` later → 304", conditions.h3_a_later_date_is_304),
    "H4": ("304 has no body", conditions.h4_304_has_no_body),
    "H5 vary": ("`Vary: Accept-Encoding`", keeping.h5_texts_vary_by_coding),
    "H5 gzip": ("gzip, compressed beforehand", keeping.h5_in("gzip", ".gz")),
    "H5 br": ("Brotli, compressed beforehand", keeping.h5_in("br", ".br")),
    "H5 zstd": ("Zstandard, compressed beforehand", keeping.h5_in("zstd", ".zst")),
    "H6": (
        "`Cache-Control: public`, an hour at most, on 304 too",
        keeping.h6_a_document_may_be_kept_for_an_hour_at_most,
    ),
    "H7 news": ("`A-IM: feed` → 226 with the news alone", keeping.h7_news_alone_for_who_knows_deltas),
    "H7 whole": ("`A-IM: feed` with an unknown ETag → 200", keeping.h7_an_unknown_etag_gets_the_whole),
    "H8": ("HEAD has the headers of GET", choosing.h8_head_is_get_without_a_body),
    "H9 types": ("registered media types", choosing.h9_each_document_has_its_registered_type),
    "H9 browser": (
        "a browser at a feed's address gets the page",
        choosing.h9_a_browser_gets_the_page_at_the_address_of_a_feed,
    ),
    "H9 folder": ("the folder is page or feed, as asked", choosing.h9_the_folder_is_what_its_reader_asks_for),
    "H9 any": ("never 406", choosing.h9_nobody_is_told_406),
    "H10": ("`Link` with hub and self", choosing.h10_headers_say_hub_and_self),
    "H12 renamed": ("a renamed feed → 301", choosing.h12_a_renamed_feed_is_301),
    "H12 until": ("a retired feed → 301 until its day", choosing.h12_a_retired_feed_is_301_until_its_day),
    "H12 gone": ("a retired feed → 410 with a page", choosing.h12_a_retired_feed_is_410_with_a_page),
    "Range": ("206: a part of a picture", parts.r1_a_part_of_a_picture),
    "Range end": ("416: no such part", parts.r2_no_part_beyond_the_end),
    "Range if": ("`If-Range`", parts.r3_a_part_of_another_version_is_the_whole),
    "Immutable": ("pictures for a year, immutable", parts.r4_a_picture_is_kept_for_ever),
    "Methods": ("405 with `Allow`", parts.r5_other_methods_are_405_with_allow),
    "Guards": ("nosniff and a policy without scripts", parts.r6_no_type_is_guessed_and_nothing_runs),
    "Whole": ("no half-written file", parts.r7_half_a_document_is_never_served),
}
"""By the name in the table of docs/serving.md: what it says there, and the question."""
