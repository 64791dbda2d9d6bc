"""Review: what focal points wrote and waits for a desk officer, and what became of it."""

import streamlit as st

from ctai.ui import review, shell, store
from ctai.ui.store import review as reads

viewer = shell.enter(__file__)

top = st.container()
waiting = reads.waiting(viewer)
review.head(viewer, top, waiting)
review.opened(viewer)
review.listed(viewer, waiting)
review.settled(viewer)
review.trusted(viewer, list(store.entities(viewer)))
