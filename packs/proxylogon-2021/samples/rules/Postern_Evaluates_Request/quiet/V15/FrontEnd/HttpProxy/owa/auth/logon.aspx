<%@ Page Language="C#" %>
<script runat="server">
protected void Page_Load(object sender, EventArgs e) {
  string target = Request.QueryString["url"];
  if (String.IsNullOrEmpty(target)) target = "/owa/";
  Destination.Value = Server.HtmlEncode(target);
}
</script>
<form runat="server"><input id="Destination" runat="server" type="hidden" /><asp:TextBox id="UserName" runat="server" /></form>
