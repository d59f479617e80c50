<%@ Language="VBScript" %>
<% Response.Write "#@~^" & Now() %>
