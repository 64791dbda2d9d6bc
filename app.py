"""The front door: the server with its routes around it, and the shell behind it."""

from streamlit.starlette import App

from ctai import server
from ctai.ui import shell

app = App(
    __file__,
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    lifespan=server.ready,
    on_script_error=shell.report,
)
shell.main()
