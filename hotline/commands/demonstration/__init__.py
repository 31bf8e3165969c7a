"""演示: made-up reports, walked through the real steps at plausible times."""
