"""Pages of an invented newspaper, small enough to see what is in them."""

FLOODS = (
    "<p>The floods of the river Lode killed people in five towns on Wednesday night, the rescue service said on"
    " Thursday morning.</p>"
)
HOUSES = (
    "<p>Its director asked the inhabitants of the valley to leave their houses until Saturday and not to use the old"
    " bridges.</p>"
)
SCHOOL = (
    "<p>Four hundred houses are without water, and the school of Northbank is closed until further notice, the town"
    " hall said in a statement.</p>"
)


def page(body: str, *, head: str = "", language: str = "en", title: str = "Floods in the valley") -> bytes:
    """A page with an article in the usual places: menu, main, article, and a foot."""
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="og:site_name" content="Harbour Post">'
        f'<meta property="article:published_time" content="2024-03-14T07:30:00Z">{head}</head>'
        '<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        "<footer><p>© 2024 Harbour Post. All rights reserved.</p></footer></body></html>"
    ).encode()
