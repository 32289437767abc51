"""Which countries lie in which region of the network, to find dates by region.

The regions are those of the programme that came with the house (their codes); the countries are grouped as the United
Nations group them for statistics (M49, https://unstats.un.org/unsd/methodology/m49/): Middle East and North Africa
is there Northern Africa (015) and Western Asia (145), so Türkiye and the Caucasus stand in it and Iran does not. This
helps to find dates and says nothing about any country. A region that the house added has no countries here.
"""

from __future__ import annotations

_CODES = {
    # 419: Caribbean (029), Central America (013), South America (005)
    "LAC": (
        "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI "
        "BZ CR SV GT HN MX NI PA AR BO BV BR CL CO EC FK GF GY PY PE GS SR UY VE"
    ),
    # 202: Eastern (014), Middle (017), Southern (018) and Western Africa (011)
    "SSA": (
        "IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW AO CM CF TD CG CD GQ GA ST "
        "BW SZ LS NA ZA BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG"
    ),
    # 015 Northern Africa and 145 Western Asia
    "MENA": "DZ EG LY MA SD TN EH AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE",
    # 150
    "EUR": (
        "BY BG CZ HU PL MD RO RU SK UA AX GG JE DK EE FO FI IS IE IM LV LT NO SJ SE GB AL AD BA HR GI GR VA IT MT ME "
        "MK PT SM RS SI ES AT BE FR DE LI LU MC NL CH"
    ),
    # 021
    "NAM": "BM CA GL PM US",
    # Central (143), Eastern (030), South-eastern (035) and Southern Asia (034), Oceania (009)
    "ASP": (
        "KZ KG TJ TM UZ CN HK MO KP JP MN KR BN KH ID LA MY MM PH SG TH TL VN AF BD BT IN IR MV NP PK LK AU CX CC HM "
        "NZ NF FJ NC PG SB VU GU KI MH FM NR MP PW UM AS CK PF NU PN WS TK TO TV WF"
    ),
}

COUNTRIES = {region: frozenset(codes.split()) for region, codes in _CODES.items()}


def countries_of(region: str) -> frozenset[str]:
    """Return the ISO codes of the countries of a region; none for a region of the house's own."""
    return COUNTRIES.get(region, frozenset())
