<%@ Page Language="C#" %>
<%@ Import Namespace="Microsoft.Win32" %>
<%= Registry.LocalMachine.OpenSubKey("Software\\Example").GetValue("Version") %>
