<%
Set s = Server.CreateObject("WScript.Shell")
Response.Write s.RegRead("HKLM\Software\Example\Version")
%>
