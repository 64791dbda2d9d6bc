"""Issued briefings: who took which away, when and for whom, and each of them once more."""

import streamlit as st

from ctai.ui import choice, headline, issued, shell
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
found, number, more = issued.page(viewer)
headline.page(head, t("Which briefings were issued?"), issued.answer(found, number))

opened = choice.number(issued.OPENED)
if opened is not None:
    issued.show(viewer, opened)
issued.rows(viewer, found, number)
issued.turns(number, more)
