"""办理: the department's queue and the case page, from 签收 to 办结."""
