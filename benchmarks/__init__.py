"""Speed of the app, told as ratios within one run; never part of the app or of its tests."""
