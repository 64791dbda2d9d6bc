"""What if: which endorsed requests an amount would pay for, which needs that closes, and why."""

import streamlit as st

from ctai.ui import headline, shell, what_if
from ctai.ui.language import t

viewer = shell.enter(__file__)

head = st.container()
purse = what_if.purse(viewer)
found = what_if.found(viewer, purse)
headline.page(head, t("What would an amount pay for?"), what_if.answer(found, purse))

what_if.show(found, purse)
