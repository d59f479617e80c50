<%@ Page Language="C#" %>
<%@ Import Namespace="System.Data.SqlClient" %>
<script runat="server">
void Page_Load() {
  using (var connection = new SqlConnection(ConfigurationManager.ConnectionStrings["main"].ConnectionString))
  using (var command = new SqlCommand("select name from customer where id = @id", connection)) {
    command.Parameters.AddWithValue("@id", Request["id"]);
    connection.Open();
    Rows.DataSource = command.ExecuteReader(); Rows.DataBind();
  }
}
</script><asp:Repeater id="Rows" runat="server" />
