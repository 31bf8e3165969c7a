"""来信来访: letters and visits as the one who opens or receives them enters them."""
