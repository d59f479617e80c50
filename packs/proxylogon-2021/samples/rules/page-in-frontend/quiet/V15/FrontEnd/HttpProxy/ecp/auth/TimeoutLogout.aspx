<%@ Page Language="C#" %>
<html><body>placeholder page without function</body></html>
