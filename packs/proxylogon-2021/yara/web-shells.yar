/*
    Web shells in files that IIS runs, told by what they do: a page takes something from the request and runs it,
    loads it or writes it. Structure, not the text of one shell. Our own rules; strings are cut so that this file
    holds no working code.
*/

private rule postern_asp_net_page
{
    strings:
        $directive = /<%@\s{0,8}(page|webhandler|webservice|control|master|assembly|import|language|servicehost|application)\b/ nocase ascii wide
        $server = /runat\s{0,4}=\s{0,4}["']?server/ nocase ascii wide
        $soap = "http://tempuri.org" nocase ascii wide
        $xslt = "urn:schemas-microsoft-com:xslt" nocase ascii wide
        $handler = /\b(IHttpHandler|IHttpModule|HttpApplication)\b/ ascii wide
        $razor = /@\{[^}]{0,2000}Request\b/ ascii wide
    condition:
        filesize < 3MB and any of them
}

private rule postern_classic_asp
{
    strings:
        $block = "<%" ascii wide
        $script = /<script[^>]{0,80}runat\s{0,4}=\s{0,4}["']?server/ nocase ascii wide
        $vbscript = /language\s{0,4}=\s{0,4}["']?(vbscript|jscript|javascript)(\.encode)?/ nocase ascii wide
    condition:
        filesize < 3MB and any of them
}

private rule postern_takes_input
{
    strings:
        $request = /\bRequest\s{0,4}(\.|\[|\(|!)/ nocase ascii wide
        $context = /(HttpContext|context|Page|Current)\.Request\b/ nocase ascii wide
        $box = /\b\w{1,40}\.(Text|Value|PostedFile|InnerText|SelectedValue|SelectedItem)\b/ nocase ascii wide
        $method = /\[\s{0,4}(System\.Web\.Services\.)?WebMethod/ nocase ascii wide
    condition:
        any of them
}

private rule postern_big_script
{
    strings:
        $jquery = "jQuery" ascii
        $resource = /\bResources?\.\w{1,40}/ ascii
    condition:
        any of them
}

private rule postern_asp_net_code
{
    strings:
        $import = /<%@\s{0,8}(import|page)\s/ nocase ascii wide
        $using = /\busing\s+System\b/ ascii wide
    condition:
        any of them
}

rule Postern_Evaluates_Request
{
    meta:
        title = "Page that evaluates what the request brings"
        description = "Code of the request is evaluated: the form of China Chopper and its kin in JScript, VBScript and C#."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $net = /\beval\s{0,4}\(\s{0,4}[^;{}<>]{0,300}\bRequest\s{0,4}(\.|\[|\()/ nocase ascii wide
        $unsafe = /\beval\s{0,4}\([^;{}<>]{1,300},\s{0,4}["']?(unsafe|un["']\s{0,4}\+\s{0,4}["']safe)/ nocase ascii wide
        $asp = /\b(eval|execute|executeglobal)[\s(]{1,6}[^\r\n%<>]{0,120}\brequest\b/ nocase ascii wide
        $page = /(<%@\s{0,8}page|<script)[^>]{0,120}language\s{0,4}=\s{0,4}["']?jscript/ nocase ascii wide
        $word = /\beval\b/ ascii wide
        $jscript = /JScript\.Vsa|JScriptEvaluate|VsaEngine/ nocase ascii wide
        $evaluates = /\bEval\w{0,12}\s{0,4}\(/ ascii wide
        $scriptcontrol = "ScriptControl" nocase ascii wide
        $variable = /\b(eval|execute|executeglobal)[\s(]{1,6}\w{1,40}\s{0,4}[\r\n,)%:]/ nocase ascii wide
        $addcode = /\.(addcode|executestatement|eval)\b/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and
        ($net or $unsafe or $asp or ($page and $word and postern_asp_net_page) or ($variable and postern_takes_input and filesize < 4KB) or (postern_takes_input and (($jscript and $evaluates) or ($scriptcontrol and $addcode))))
}

rule Postern_Evaluates_Hidden
{
    meta:
        title = "Page that evaluates hidden code"
        description = "A short page hides the names of what it calls (escapes, pieces, encodings) and evaluates or executes the outcome."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $escapes = /(\\u00[0-9a-f]{2}|\\U000000[0-9a-f]{2}){3}/ nocase ascii wide
        $encoded = /language\s{0,4}=\s{0,4}["']?(vbscript|jscript)\.encode/ nocase ascii wide
        $marker = "#@~^" ascii wide
        $chars = /(chrw?\s{0,4}\(\s{0,4}[&\w()+-]{1,12}\s{0,4}\)\s{0,4}[&+]\s{0,4}){4}/ nocase ascii wide
        $executes = /\b(execute|executeglobal|eval)\b/ nocase ascii wide
        $session = /\beval\w{0,8}\s{0,4}\(?\s{0,4}session\b|\bexecute\w{0,8}[\s(]{1,4}session\b/ nocase ascii wide
        $pieces = /execute\w{0,8}[\s(]{1,4}\w{1,30}\s{0,4}\(\s{0,4}["'][^"'\r\n]{30}/ nocase ascii wide
        $woven = /(chrw?\s{0,2}\([&\w]{1,8}\)\s{0,2}[&+]\s{0,2}["'][^"'\r\n]{0,20}["']\s{0,2}[&+]\s{0,2}){2}/ nocase ascii wide
        $unescape = /\b(eval|execute\w{0,8})[\s(]{1,4}(unescape|decodeuri\w{0,10}|strreverse|replace)\s{0,4}\(/ nocase ascii wide
        $utf7 = /@\s{0,4}codepage\s{0,4}=\s{0,4}["']?65000/ nocase ascii wide
        $called = /\bexecute(global)?[\s(]{1,6}\w{1,40}\s{0,4}\(/ nocase ascii wide
        $named = /\bexecute(global)?[\s(]{1,4}\w{1,40}\s{0,4}[\r\n:)]/ nocase ascii wide
        $letters = /\bchrw?\s{0,4}\(\s{0,4}ascw?\s{0,4}\(|\bmid\s{0,4}\([^,()]{1,40},[^,()]{1,20},\s{0,4}1\s{0,4}\)/ nocase ascii wide
        $backwards = /\bstrreverse\s{0,4}\(/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and
        (($escapes and postern_asp_net_page and filesize < 64KB and not postern_big_script) or ($encoded and $marker) or (($chars or $woven) and $executes) or $unescape or ($woven and filesize < 8KB) or $session or $pieces or ($utf7 and filesize < 64KB) or (($called or $named) and ($letters or $backwards)))
}

rule Postern_Runs_Program
{
    meta:
        title = "Page that starts programs for the request"
        description = "A page takes input and starts a program or a shell of the system with it."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $start = /\b(ProcessStartInfo|Process\s{0,4}\.\s{0,4}Start|new\s+(System\.)?(Diagnostics\.)?Process\s{0,4}\(|(As|=)\s+New\s+(System\.Diagnostics\.)?Process\b)/ nocase ascii wide
        $wscript = /(wscript|shell)\s{0,4}["'&+\s]{0,10}\.\s{0,4}["'&+\s]{0,10}(shell|application)/ nocase ascii wide
        $exec = /\.\s{0,4}(exec|run|shellexecute)\b/ nocase ascii wide
        $winexec = /\b(WinExec|CreateProcess\w{0,12}|ShellExecute\w{0,4})\s{0,4}\(/ nocase ascii wide
        $runspace = /RunspaceFactory|PowerShell\.Create|Pipeline\.Commands\.AddScript/ nocase ascii wide
        $cmd = /\bcmd(\.exe)?\b|%comspec%|powershell/ nocase ascii wide
        $classid = /72C24DD5-D70A-438B-8A42-98424B88AFB8|F935DC22-1CF0-11D0-ADB9-00C04FD58A0B|13709620-C279-11CE-A49E-444553540000/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and postern_takes_input and
        (($start and $cmd) or ($start and postern_asp_net_page and filesize < 200KB) or ($wscript and $exec) or ($wscript and $cmd) or $winexec or $runspace or ($classid and $exec))
}

rule Postern_Loads_Code
{
    meta:
        title = "Page that loads code from the request"
        description = "A page loads an assembly, or compiles code, that comes with the request: the form of Godzilla, Behinder and of many loaders."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $load = /\bAssembly\s{0,4}(\.\s{0,4}Load\s{0,4}\(|["'\s)]{1,4}[^;]{0,120}["']Load["'])/ ascii wide
        $reflected = /GetMethod\s{0,4}\(\s{0,4}["']Load["']/ ascii wide
        $domain = /AppDomain\.CurrentDomain\.Load\s{0,4}\(/ ascii wide
        $compile = /\b(CSharpCodeProvider|VBCodeProvider|JScriptCodeProvider|CompileAssemblyFromSource|ICodeCompiler)\b/ ascii wide
        $xslt = "urn:schemas-microsoft-com:xslt" nocase ascii wide
        $msxsl = /msxsl:script|XsltSettings|TransformNode|XslCompiledTransform|XslTransform/ nocase ascii wide
        $viewstate = /\b(ObjectStateFormatter|LosFormatter|BinaryFormatter)\b[^;]{0,160}\bDeserialize\b/ ascii wide
        $data = /Request\s{0,4}(\.|\[|\()|BinaryRead|InputStream|FromBase64String/ nocase ascii wide
        $shellcode = /\b(VirtualAlloc|VirtualProtect|CreateThread|CreateRemoteThread)\b/ ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and $data and
        ($load or $reflected or $domain or $compile or $viewstate or $shellcode or ($xslt and $msxsl))
}

rule Postern_Writes_From_Request
{
    meta:
        title = "Page that writes files from the request"
        description = "A page writes to a path, or a content, that the request names: a small uploader, or the first stage of a shell."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $write = /\bFile\s{0,4}\.\s{0,4}(WriteAll\w{4,12}|AppendAllText|CreateText|Create|AppendText)\s{0,4}\([^;]{0,240}\bRequest\s{0,4}(\.|\[|\()/ nocase ascii wide
        $writer = /new\s+(System\.IO\.)?(StreamWriter|FileStream|FileInfo)\s{0,4}\([^;]{0,160}\bRequest\s{0,4}(\.|\[|\()/ nocase ascii wide
        $written = /\.\s{0,4}Write(Line)?\s{0,4}\([^;]{0,80}\bRequest\s{0,4}(\.(Form|QueryString|Item|Params|Headers|Cookies)|\[|\()/ nocase ascii wide
        $out = /\b(StreamWriter|FileStream|CreateTextFile|OpenTextFile)\b|File\.(CreateText|OpenWrite|Create)\b/ nocase ascii wide
        $saveas = /\.\s{0,4}SaveAs\s{0,4}\(\s{0,4}[^;]{0,120}(Request\s{0,4}(\.|\[|\()|\.Text\b|\.Value\b|MapPath\s{0,4}\(\s{0,4}["']?[.~\\\/]{0,3}["']?\s{0,4}\))/ nocase ascii wide
        $drops = /\b(CreateText|WriteAll\w{4,12}|StreamWriter|SaveToFile|CreateTextFile|AppendAllText)\s{0,4}\(?[^;\r\n]{0,120}\.(aspx|ashx|asp|asmx|cer|asa)["']/ nocase ascii wide
        $stream = /adodb\s{0,4}["'&+\s]{0,10}\.\s{0,4}["'&+\s]{0,10}stream|00000566-0000-0010-8000-00AA006D2EA4/ nocase ascii wide
        $savetofile = /\.\s{0,4}savetofile\b/ nocase ascii wide
        $fso = /scripting\s{0,4}["'&+\s]{0,10}\.\s{0,4}["'&+\s]{0,10}filesystemobject|0D43FE01-F093-11CF-8940-00A0C9054228/ nocase ascii wide
        $text = /\.\s{0,4}(createtextfile|opentextfile)\b/ nocase ascii wide
        $saved = /\.\s{0,4}write\w{0,6}[\s(]{1,4}\w{0,40}[^\r\n]{0,60}\brequest\b|\brequest\s{0,4}(\.form|\.querystring)?\s{0,4}\(/ nocase ascii wide
    condition:
        (postern_asp_net_page and (($write or $writer or $saveas or $drops) or ($written and $out))) or
        (postern_classic_asp and not postern_asp_net_code and $drops and ($stream or $fso)) or
        (postern_classic_asp and postern_takes_input and not postern_asp_net_code and (($stream and $savetofile) or ($fso and $text and $saved)))
}

rule Postern_Many_Abilities
{
    meta:
        title = "Page with the abilities of an intruder's tool"
        description = "One page can list and change files, run commands, read the registry, query databases, look at processes, open sockets: administration pages do one of these, tools of intruders do several."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $files = /Directory(Info)?\s{0,2}[.(]\s{0,4}(GetFiles|GetDirectories|GetLogicalDrives|GetParent)?|GetFolder\s{0,4}\(|\.SubFolders\b|FileSystemObject|\.GetLogicalDrives/ ascii wide
        $change = /File\.(Delete|Move|Copy|SetAttributes|SetLastWriteTime)|\.(DeleteFile|CopyFile|MoveFile|DeleteFolder)\b|SetLastAccessTime/ nocase ascii wide
        $command = /ProcessStartInfo|WScript\.Shell|cmd\.exe|xp_cmdshell|Shell\.Application/ nocase ascii wide
        $registry = /Registry(Key)?\.(LocalMachine|OpenSubKey|GetValue|CurrentUser)|RegRead|HKEY_LOCAL_MACHINE|HKLM\\/ ascii wide
        $database = /\b(SqlConnection|OleDbConnection|ADODB\.Connection|OdbcConnection)\b|xp_cmdshell|sp_oacreate/ nocase ascii wide
        $process = /GetProcesses\s{0,4}\(|Win32_(Process|Service|Account|UserAccount)\b|GetObject\s{0,4}\(\s{0,4}["']WinNT:/ ascii wide
        $network = /\b(TcpClient|TcpListener|Socket\s{0,4}\(|IPEndPoint)\b|MSWinsock|XMLHTTP|port\s?scan/ nocase ascii wide
        $server = /SERVER_SOFTWARE|LOCAL_ADDR|APPL_PHYSICAL_PATH|Environment\.(MachineName|UserName|OSVersion)|PATH_TRANSLATED/ ascii wide
        $iis = /IIS:\/\/|DirectoryEntry|AnonymousUserPass|WAMUserPass/ nocase ascii wide
        $password = /(pass(word|wd)?|pwd|userpass|adminpass)\s{0,4}=\s{0,4}["'][0-9a-z!@#$%^&*._-]{3,40}["']/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and postern_takes_input and filesize > 1KB and
        ($command and 4 of ($files, $change, $registry, $database, $process, $network, $server, $iis, $password) or
         6 of ($files, $change, $registry, $database, $process, $network, $server, $iis, $password))
}

rule Postern_Database_Tool
{
    meta:
        title = "Page that sends any query to any database"
        description = "The connection and the query both come from the user of the page, or xp_cmdshell is called."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $connection = /(new\s+(System\.Data\.)?(\w{1,12}\.)?(Sql|OleDb|Odbc|MySql|Oracle)Connection\s{0,4}\(|\.ConnectionString\s{0,4}=|\.Open\s{0,2}\(?)\s{0,4}[^;\r\n]{0,60}(Request\b|\w{1,30}\.(Text|Value)\b|Session\s{0,4}[\[(])/ nocase ascii wide
        $query = /(new\s+(System\.Data\.)?(\w{1,12}\.)?(Sql|OleDb|Odbc|MySql)(Command|DataAdapter)\s{0,4}\(|CommandText\s{0,4}=|\.Execute\s{0,4}\(?)\s{0,4}[^;\r\n]{0,80}(Request\b|\w{1,30}\.(Text|Value)\b|sql|query|cmd)/ nocase ascii wide
        $joined = /\b(uid|user id|pwd|password)\s{0,4}=\s{0,4}["']\s{0,4}[+&]\s{0,4}\w/ nocase ascii wide
        $client = /\b(Sql|OleDb|Odbc|MySql)Connection\b|adodb\.connection/ nocase ascii wide
        $xp = /xp_cmdshell|sp_oacreate|sp_makewebtask|xp_regread/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and postern_takes_input and (($connection and $query) or ($joined and $client) or $xp)
}

rule Postern_File_Browser
{
    meta:
        title = "Page that browses the disk for the request"
        description = "The folder to be listed, or the file to be sent or changed, is taken from the request as a path on the disk."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $list = /new\s+(System\.IO\.)?DirectoryInfo\s{0,4}\(\s{0,4}[^;]{0,60}(Request\b|\.Text\b)|GetLogicalDrives\s{0,4}\(|Directory\.(GetFiles|GetDirectories|GetFileSystemEntries)\s{0,4}\([^;]{0,40}Request\b/ nocase ascii wide
        $give = /(TransmitFile|WriteFile|File\.(OpenText|ReadAll\w{4,5}|OpenRead|Delete|Open))\s{0,4}\([^;]{0,60}(Request\b|path|file|dir)/ nocase ascii wide
        $upload = /\.SaveAs\s{0,4}\(|PostedFile/ nocase ascii wide
        $drives = /\.Drives\b|\bGetDrive\s{0,4}\(/ nocase ascii wide
        $fso = "Scripting.FileSystemObject" nocase ascii wide
        $folder = /GetFolder\s{0,4}\(/ nocase ascii wide
        $query = /request(\.querystring|\.form)?\s{0,4}\(\s{0,4}["'](path|folder|dir|file|fname|fold|cmd|action|text|txtpath|folderpath|d|f|p)/ nocase ascii wide
    condition:
        (postern_asp_net_page and postern_takes_input and $list and ($give or $upload)) or
        (postern_classic_asp and $fso and ($folder or $drives) and $query)
}

rule Postern_Tunnel
{
    meta:
        title = "Page that tunnels connections"
        description = "A page opens sockets to places that headers of the request name and passes data on: reGeorg, Neo-reGeorg and their kin."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $socket = /\b(Socket|TcpClient)\s{0,4}\(/ ascii wide
        $raw = /SocketType\.Raw|SIO_RCVALL|IOControlCode\.ReceiveAll/ ascii wide
        $header = /X-(CMD|TARGET|PORT|STATUS|ERROR)\b/ nocase ascii wide
        $words = /\b(CONNECT|FORWARD|DISCONNECT)\b/ ascii wide
        $proxy = /HttpWebRequest|WebRequest\.Create|WinHttp|XMLHTTP/ nocase ascii wide
        $target = /(WebRequest\.Create|\.open)\s{0,4}\(?[^;\r\n]{0,80}\brequest\b/ nocase ascii wide
    condition:
        (postern_asp_net_page or postern_classic_asp) and postern_takes_input and
        ($raw or ($socket and #words >= 2 and $header) or ($proxy and $target and filesize < 32KB))
}

rule Postern_Chopper_Server
{
    meta:
        title = "Server side of China Chopper with its own commands"
        description = "A handler answers the one-letter commands of the client (A to S) between the marks ->| and |<-, and does what they ask for."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $open = "->|" ascii wide
        $close = "|<-" ascii wide
        $z1 = /["']z1["']/ nocase ascii wide
        $z2 = /["']z2["']/ nocase ascii wide
    condition:
        filesize < 200KB and (($open and $close) or ($z1 and $z2)) and (postern_asp_net_page or postern_classic_asp)
}

rule Postern_Shell_Cookie_Fqrspt
{
    meta:
        title = "Web shell SPORTSBALL"
        description = "The cookie fqrspt, set by the shell SPORTSBALL, in a page that decodes what it is given."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $cookie = "fqrspt" ascii wide
        $decode = /FromBase64String|ViewState|Request/ ascii wide
    condition:
        filesize < 1MB and $cookie and $decode
}

rule Postern_Names_A_Web_Shell
{
    meta:
        title = "Page that names itself a web shell"
        description = "The text of the page holds the name of a known web shell or of its makers' trade."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $aspxspy = /aspx?\s?spy/ nocase ascii wide
        $antak = "Antak" ascii wide
        $webshell = /\bweb\s?(shell|admin 2|rootkit)\b|web shell|webshell/ nocase ascii wide
        $awen = /awen asp|NTDaddy|zehir|elmali\s?seker|CyberSpy5|RHTOOLS|devilz\s?shell|STHx|RemExp|DarkBlade|Klasvayv|inderxer|kingdefacer|reGeorg/ nocase ascii wide
        $cn = { E5 A4 A7 E9 A9 AC }      // the trade's word for a large shell, UTF-8
        $cn2 = { E6 9C A8 E9 A9 AC }     // and for a trojan, UTF-8
        $cn3 = { C4 BE C2 ED }           // the same in GBK
        $cn4 = { B4 F3 C2 ED }
    condition:
        (postern_asp_net_page or postern_classic_asp) and postern_takes_input and any of them
}

rule Postern_Encoded_Page
{
    meta:
        title = "Page whose code is one long encoded text"
        description = "The server code of a page hands a very long run of letters to a function that must decode it: a page that nobody is meant to read."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $given = /<%[^%]{0,4000}[\w.]{1,60}\s{0,4}\(\s{0,4}@?"[A-Za-z0-9+\/=_-]{900}/ ascii wide
        $given2 = /<script[^>]{0,120}runat\s{0,4}=\s{0,4}["']?server[^>]{0,80}>[^<]{0,4000}[\w.]{1,60}\s{0,4}\(\s{0,4}@?"[A-Za-z0-9+\/=_-]{900}/ nocase ascii wide
        $long = /[\w.]{1,60}\s{0,4}\(\s{0,4}"[A-Za-z0-9+\/=_-]{400}/ ascii
        $piece = /[\w.]{1,60}\s{0,4}\(\s{0,4}"[A-Za-z0-9+\/=_-]{150}/ ascii
    condition:
        filesize < 3MB and ($given or $given2 or (uint16(0) == 0x253c and ($long or #piece > 20)))
}

rule Postern_Starts_Program_By_Itself
{
    meta:
        title = "Page that starts a program whenever it is asked for"
        description = "Classic ASP, or a style sheet with script in it, makes a shell object and runs a command that stands in the page."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $object = /(createobject|activexobject)\s{0,4}\(\s{0,4}["']{1,2}(wscript\.shell|shell\.application)/ nocase ascii wide
        $run = /\.\s{0,4}(exec|run|shellexecute)\s{0,4}[\s("']/ nocase ascii wide
    condition:
        postern_classic_asp and not postern_asp_net_code and filesize < 1MB and $object and $run
}

rule Postern_Reads_Whole_Registry
{
    meta:
        title = "Page that reads through the whole registry"
        description = "A page walks several hives of the registry, value by value, and prints what it finds: a search for paths and passwords."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $hive1 = "Registry.LocalMachine" ascii wide
        $hive2 = "Registry.CurrentUser" ascii wide
        $hive3 = "Registry.ClassesRoot" ascii wide
        $hive4 = "Registry.Users" ascii wide
        $hive5 = "Registry.CurrentConfig" ascii wide
        $values = "GetValueNames" ascii wide
    condition:
        postern_asp_net_page and $values and 3 of ($hive*)
}

rule Postern_Captures_Passwords
{
    meta:
        title = "Logon page that sends or keeps passwords"
        description = "Code of the logon page takes the password that the user typed and sends it somewhere else or writes it to a file. Exchange's own page only submits its form."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $logon = /\bclkLgn\b|logonForm/ ascii wide
        $typed = /(gbid|getElementById)\s{0,4}\(\s{0,4}["'](password|passwordText)["']\s{0,4}\)\s{0,4}\.value|\.password(Text)?\.value|\[["']password["']\]\.value/ ascii wide
        $sends = /XMLHttpRequest|Microsoft\.XMLHTTP|sendBeacon\s{0,4}\(|\bfetch\s{0,4}\(|new\s+Image\b|\$\.(ajax|post|get)\s{0,4}\(|new\s+WebSocket/ ascii wide
        $server = /\bRequest\s{0,4}(\.\s{0,4}(Form|Params|Item))?\s{0,4}[\[(]\s{0,4}["'](password|passwd|pwd)["']/ nocase ascii wide
        $keeps = /\bFile\s{0,4}\.\s{0,4}(Append\w{4,8}|WriteAll\w{4,8}|OpenWrite)\s{0,4}\(|StreamWriter|FileStream|WebRequest\.Create|WebClient|SmtpClient/ ascii wide
    condition:
        filesize < 1MB and (($logon and $typed and $sends) or ($server and $keeps and postern_asp_net_page))
}

rule Postern_PHP_Runs_Request
{
    meta:
        title = "PHP page that runs what the request brings"
        description = "A PHP page hands a value of the request to a function that evaluates or runs it. Exchange has no PHP."
        author = "Postern"
        license = "Apache-2.0"
    strings:
        $php = /<\?(php|=)/ nocase
        $runs = /\b(eval|assert|system|passthru|shell_exec|exec|popen|proc_open|create_function|call_user_func)\s{0,4}\([^;]{0,160}\$_(GET|POST|REQUEST|COOKIE|SERVER|FILES)\b/ nocase
        $coded = /\b(eval|assert)\s{0,4}\(\s{0,4}(gzinflate|gzuncompress|base64_decode|str_rot13|strrev)\s{0,4}\(/ nocase
    condition:
        filesize < 1MB and $php and ($runs or $coded)
}
