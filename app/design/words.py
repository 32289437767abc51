"""What each token is for, in the order of the living page. English: builders read it, and no catalogue holds it."""

COLOURS = {
    "wash": "the page",
    "straw": "people's rooms; the chosen or own line",
    "ink": "words, strong rules, confirmed",
    "ink2": "second words, notes",
    "edge": "borders of controls",
    "line": "thin rules, never alone",
    "indigo": "links, actions, counts",
    "thread": "now, next, yours, the focus",
    "brick": "error, cancelled",
    "leaf": "kept, done",
    "ochre": "moved, take care",
    "sun": "day, in an outline of ink",
    "dusk": "twilight",
    "night": "night",
    "roof": "head of the page",
}

DYED = {"cochineal": "cochineal", "weld": "weld", "walnut": "walnut", "sky": "indigo", "verdigris": "verdigris"}
"""The tokens of the dyes that bands are woven in, by the names that tracks know them by."""

SIZES = {
    "hour": ("Hour", "15:00"),
    "h1": ("H1", "A house of many hearths"),
    "title": ("Title, H2 above a picture", "Who pays for the heat?"),
    "lead": ("Lead, H3", "Sessions of this track"),
    "body": ("Body, H2 in the margin", "Open to Members, Friends and Allies."),
    "small": ("Small", "12 reflections in 5 languages"),
    "note": ("Note", "14:00 UTC, 2 hours"),
}

SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7")
