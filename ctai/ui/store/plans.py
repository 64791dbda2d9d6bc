"""The screen's reads of action plans and of the money for them."""

from ctai.queries import plans
from ctai.queries import resources as money
from ctai.ui import store

countries = store.remembered(plans.countries)
versions = store.remembered(plans.versions)
version = store.remembered(plans.version)
items = store.remembered(plans.items)
choices = store.remembered(plans.choices)
known = store.remembered(plans.known)
resources = store.remembered(money.of_plan)
for_donors = store.remembered(money.for_donors)
