"""Registry 一个底座: one base of people, households, houses, organisations, places and things."""
