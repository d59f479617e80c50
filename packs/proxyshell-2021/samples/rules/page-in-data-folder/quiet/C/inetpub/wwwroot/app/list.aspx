<html><body>placeholder</body></html>
