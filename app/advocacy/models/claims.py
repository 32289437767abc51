"""What is claimed: one list for engagements, recommendations and shared templates."""

from enum import StrEnum


class Claim(StrEnum):
    """What is claimed; one may claim several things at once."""

    ADEQUATE_HOUSING = "adequate_housing"
    FORCED_EVICTION = "forced_eviction"
    SECURITY_OF_TENURE = "security_of_tenure"
    RIGHT_TO_LAND = "right_to_land"
    RIGHT_TO_THE_CITY = "right_to_the_city"
    SOCIAL_PRODUCTION = "social_production"
    COMMUNITY_FINANCE = "community_finance"
    FEMINIST_APPROACHES = "feminist_approaches"
    CLIMATE_JUSTICE = "climate_justice"
    WATER_AND_SERVICES = "water_and_services"
    PARTICIPATION = "participation"
