"""奖励台: R1 the queue, R2 the decision."""
