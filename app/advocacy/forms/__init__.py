"""Forms of advocacy. They check shapes and keep what was typed; the services decide."""
