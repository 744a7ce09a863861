"""What is wrong with a feed of HSDS: by the standard, by good sense (`sense`), and by the laws of an API (`laws`).

A check is a pure function from a `Record` to `Remark`s; `rules` says how grave each code is; `Report` counts and keeps.
`service.lint_path` reads packages and JSON, `service.lint_api` asks an API through the fetcher that it is given.
"""
