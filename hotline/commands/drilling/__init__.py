"""What `drill` is made of: a sender, desks at work, the kills, and the comparison afterwards."""
