<%@ Page Language="C#" %><script runat="server">void Page_Load(object a, object b) { Response.Write("placeholder"); }</script>
