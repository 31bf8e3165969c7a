"""批量导入: a table of reports is uploaded, its columns told, looked at, and taken by a job."""
