"""奖励 from its reporter's side: the secret, the claim, whom to pay."""
