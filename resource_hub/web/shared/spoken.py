"""The languages that staff choose from when they write down what a person speaks best; each in itself."""

from flask_babel import lazy_gettext as _

LANGUAGES = (
    ("", _("Not known")),
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("ht", "Kreyòl ayisyen"),
    ("hmn", "Hmoob"),
    ("ko", "한국어"),
    ("ne", "नेपाली"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("so", "Soomaali"),
    ("sw", "Kiswahili"),
    ("tl", "Tagalog"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
)
