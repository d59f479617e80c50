<%@ Page Language="C#" %>
<html><body>Nothing to see.</body></html>
