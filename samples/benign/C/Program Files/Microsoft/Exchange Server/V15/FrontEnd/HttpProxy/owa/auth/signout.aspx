<%@ Page language="c#" AutoEventWireup="false" %>
<html><body>Miniature page</body></html>
