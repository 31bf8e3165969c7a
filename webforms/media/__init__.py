"""媒体线索: what the papers and the net report, entered as 来件."""
