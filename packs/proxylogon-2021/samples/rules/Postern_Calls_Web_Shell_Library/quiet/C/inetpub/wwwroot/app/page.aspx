<%@ Page Language="C#" %>
<a href="WebAdmin2Y.html">WebAdmin2Y</a>
