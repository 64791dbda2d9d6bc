"""The screen: with the pages and the front door the only room that knows Streamlit."""
