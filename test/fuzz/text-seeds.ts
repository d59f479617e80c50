import { der, certificateRequestFor, pem } from '../../tools/writers/certificate.ts'
import { samples } from '../parsers/tool-results/samples.ts'
import { seed, type Seed } from './seeds.ts'

/** Configurations, lists and results of tools, one or two of each. */
export const textSeeds: readonly Seed[] = [
  seed(
    'applicationHost.config',
    `<?xml version="1.0"?>
<configuration>
  <system.applicationHost><sites><site name="Default Web Site" id="1" serverAutoStart="true"><application path="/owa" applicationPool="MSExchangeOWAAppPool"><virtualDirectory path="/" physicalPath="C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa" userName="a" password="[enc:x:enc]" /></application><bindings><binding protocol="https" bindingInformation="*:443:" /></bindings><logFile directory="%SystemDrive%\\inetpub\\logs" logExtFileFlags="Date, Time" /></site></sites></system.applicationHost>
  <system.webServer><globalModules><add name="UriCacheModule" image="%windir%\\System32\\inetsrv\\cachuri.dll" /></globalModules><isapiFilters><filter name="a" path="C:\\a.dll" /></isapiFilters></system.webServer>
  <location path="Default Web Site/ecp"><system.webServer><modules><add name="b" type="B.C, B" preCondition="managedHandler" /><remove name="d" /></modules><handlers><add name="e" path="*.ashx" verb="GET" type="E" /></handlers><rewrite><rules><rule name="f" stopProcessing="true"><match url=".*" /><conditions><add input="{HTTP_COOKIE}" pattern="X-BEResource=(.+)" /></conditions><action type="AbortRequest" /></rule></rules></rewrite></system.webServer></location>
</configuration>
`,
  ),
  seed(
    'web.config',
    `<configuration><configSections><section name="x" type="X" /></configSections><appSettings><add key="a" value="b" /></appSettings><connectionStrings><add name="c" connectionString="Password=d" /></connectionStrings><system.web><machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="0123456789ABCDEF" validation="SHA1" /><customErrors mode="Off" /><authorization><allow users="*" /></authorization><httpHandlers><add verb="*" path="*.x" type="X" /></httpHandlers></system.web><system.webServer><handlers accessPolicy="Read, Script"><add name="y" path="*.config" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\asp.dll" /></handlers><security><requestFiltering><fileExtensions><remove fileExtension=".config" /></fileExtensions></requestFiltering></security></system.webServer></configuration>
<!--
<% Response.write("a") %>
-->
`,
  ),
  seed(
    'agents.config',
    `<?xml version="1.0" encoding="utf-8"?>
<configuration><mexRuntime><monitoring><agentExecution timeLimitInMilliseconds="90000" /></monitoring><agentList><agent name="Transport Rule Agent" baseType="Microsoft.Exchange.Data.Transport.Routing.RoutingAgentFactory" classFactory="A.B" assemblyPath="C:\\Program Files\\a.dll" enabled="true" priority="1" /></agentList></mexRuntime></configuration>
`,
  ),
  seed(
    'task.xml',
    `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><Date>2021-03-03T04:23:22.3701234</Date><Author>CONTOSO\\a</Author><URI>\\b</URI></RegistrationInfo><Triggers><CalendarTrigger><StartBoundary>2021-03-03T05:00:00</StartBoundary><Repetition><Interval>PT45M</Interval></Repetition><Enabled>true</Enabled></CalendarTrigger><LogonTrigger/></Triggers><Principals><Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals><Settings><Hidden>true</Hidden></Settings><Actions Context="Author"><Exec><Command>cmd.exe</Command><Arguments>/c "echo &amp; a"</Arguments><WorkingDirectory>C:\\</WorkingDirectory></Exec><ComHandler><ClassId>{00000000-0000-0000-0000-000000000000}</ClassId></ComHandler></Actions></Task>
`,
  ),
  seed(
    'directories.csv',
    '#TYPE Microsoft.Exchange\r\n"Name";"Server";"InternalUrl";"ExternalUrl"\r\n"OAB";"M";"https://m/OAB";"http://f/<b title=""a"">\r\n</b>"\r\n',
  ),
  seed(
    'directories.json',
    '[{"Name":"OAB","Server":"M","InternalUrl":{"OriginalString":"https://m/OAB","Port":443},"ExternalUrl":null,"Roles":["a"]}]\n',
  ),
  seed(
    'mailboxes.csv',
    '"Identity","ForwardingAddress","ForwardingSmtpAddress","DeliverToMailboxAndForward","EmailAddresses","Password"\r\n"LAB/a","","smtp:x@f.example","True","Microsoft.Exchange.Data.ProxyAddressCollection","p"\r\n"LAB/b,\r\n"broken";"\r\n',
  ),
  seed(
    'agents.csv',
    'Identity,Enabled,Priority,TransportAgentFactory,AssemblyPath\nA,True,1,A.B,C:\\a.dll\n"B, C",False,,"D""E",\n',
  ),
  seed(
    'rules.json',
    '{"Name":"r","MailboxOwnerId":{"DistinguishedName":"CN=a","Depth":1},"ForwardTo":[{"Address":"x@f.example","RoutingType":"SMTP"},"y"],"RedirectTo":null,"Enabled":true,"Priority":1}\n{"Name":"s","Identity":"LAB/b","RedirectMessageTo":["z@f.example"],"BlindCopyTo":[[[[{"OriginalString":""}]]]]}\nno object\n',
  ),
  seed(
    'mailboxes.json',
    '\ufeff[\r\n  {"Identity":"LAB/\\u0061","PrimarySmtpAddress":{"Address":"a@m"},"ForwardingSmtpAddress":"smtp:x@f.example","AdminDisplayPassword":"p"},\r\n  {"Name":1,"Other":{}}\r\n, {"Alias":"cut","ForwardingAddress":"',
  ),
  seed(
    'files.csv',
    '"FullName","Length","CreationTimeUtc","LastWriteTimeUtc"\r\n"C:\\inetpub\\wwwroot\\a.aspx","200","3/3/2021 4:23:22 AM","3/3/2021 4:23:22 AM"\r\n',
  ),
  seed(
    'mftecmd.csv',
    'EntryNumber,SequenceNumber,InUse,ParentEntryNumber,ParentPath,FileName,Extension,FileSize,IsDirectory,Created0x10,Created0x30,LastModified0x10\r\n5001,3,True,5000,.\\inetpub\\wwwroot,a.aspx,.aspx,200,False,2021-03-03 04:23:22.3701234,,2021-03-03 04:23:22.3701234\r\n',
  ),
  seed(
    'tasks.csv',
    '"HostName","TaskName","Status","Logon Mode","Author","Task To Run","Scheduled Task State","Run As User"\r\n"M","\\A","Ready","N/A","LAB\\a","C:\\a b.exe -x","Enabled","SYSTEM"\r\n',
  ),
  seed(
    'vdirs.xml',
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
<Obj RefId="0"><TN RefId="0"><T>Deserialized.Microsoft.Exchange.Data.Directory.SystemConfiguration.ADOabVirtualDirectory</T><T>System.Object</T></TN><ToString>MAIL01\\OAB</ToString><Props><S N="Server">MAIL01</S><S N="Identity">MAIL01\\OAB (Default Web Site)</S><URI N="ExternalUrl">http://o/#_x000D__x000A_</URI><DT N="WhenChangedUTC">2021-03-03T04:23:22Z</DT><Obj N="List" RefId="1"><TN RefId="1"><T>A</T></TN><LST><S>b</S><I32>3</I32><Nil /></LST></Obj><Ref N="Same" RefId="1" /></Props><MS><B N="IsValid">true</B></MS></Obj>
<Obj RefId="2"><TNRef RefId="1" /><DCT><En><S N="Key">k</S><S N="Value">v</S></En></DCT></Obj>
</Objs>
`,
  ),
  seed(
    'HealthChecker-M-20210310100000.xml',
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
<Obj RefId="0"><TN RefId="0"><T>HealthChecker.AnalyzedInformation</T></TN><MS><Obj N="HealthCheckerExchangeServer" RefId="1"><MS><S N="GenerationTime">3/4/2021 10:00:00 AM</S><S N="HealthCheckerVersion">21.03</S><S N="ServerName">M</S><S N="ExchangeInformation">@{BuildInformation=; A=1}</S></MS></Obj><Obj N="DisplayResults" RefId="2"><DCT><En><S N="Key">a</S><Obj N="Value" RefId="3"><LST><S>@{DisplayValue=CVE-2021-26855; Name=Security Vulnerability}</S><Obj RefId="4"><MS><S N="Name">Build Number</S><S N="DisplayValue">15.01.2106.002</S></MS></Obj></LST></Obj></En></DCT></Obj></MS></Obj>
</Objs>
`,
  ),
  seed(
    'x.aspx.cdcab7d2.compiled',
    '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<preserve resultType="3" virtualPath="/owa/auth/x.aspx" hash="1" filehash="2" flags="110000" assembly="App_Web_x1" type="ASP.auth_x_aspx">\r\n  <filedeps>\r\n    <filedep name="/owa/auth/x.aspx" />\r\n  </filedeps>\r\n</preserve>',
  ),
  seed(
    'x1.cmdline',
    '/t:library /utf8output /R:"C:\\a\\System.dll" /out:"C:\\t\\App_Web_x1.dll" /D:DEBUG /debug+  "C:\\t\\App_Web_x1.0.cs"',
  ),
  seed(
    'x1.out',
    'C:\\Windows\\system32\\inetsrv> "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" /t:library /out:"C:\\t\\x1.dll" "C:\\t\\x1.0.cs"\r\n\r\nMicrosoft (R) Visual C# Compiler\r\n',
  ),
  seed(
    'ConsoleHost_history.txt',
    'whoami\r\nGet-Mailbox |`\r\n fl\r\nNew-MailboxExportRequest -Mailbox a -FilePath \\\\m\\c$\\x.aspx\r\n',
  ),
  seed(
    'PowerShell_transcript.MAIL01.x.20210303042322.txt',
    '**********************\r\nWindows PowerShell transcript start\r\nStart time: 20210303042322\r\nUsername: LAB\\a\r\nRunAs User: LAB\\a\r\nMachine: MAIL01 (Microsoft Windows NT 10.0.17763.0)\r\nHost Application: powershell.exe -enc AAAA\r\nProcess ID: 4660\r\n**********************\r\nPS C:\\> whoami\r\nlab\\a\r\n**********************\r\nCommand start time: 20210303042400\r\n**********************\r\nPS>Get-Process\r\n**********************\r\nWindows PowerShell transcript end\r\nEnd time: 20210303042500\r\n**********************\r\n',
  ),
  seed('a.req', pem(certificateRequestFor(der(12, 'mail.example')))),
  seed('b.req', certificateRequestFor(der(12, '<%@ Page %>'))),
  ...Object.values(samples).map(([, path, bytes]) => seed(path, bytes)),
]
