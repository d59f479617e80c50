/*
    Libraries that IIS can load (a native module exports RegisterModule, a managed one is an IHttpModule) and that run the
    commands that a client sends. What IIS itself starts (FastCGI, ASP.NET Core, iisnode) is known by its own words.
    Our own rules.
*/

rule Postern_Native_Module_Runs_Commands
{
    meta:
        title = "Native IIS Module That Runs Commands"
        description = "Detects a native module of IIS with the functions to start a shell and to read its output through a pipe. Hosts for other languages (FastCGI, ASP.NET Core, iisnode) are left out; any other has a vendor and a signature."
        author = "Postern"
        license = "Apache-2.0"
        stage = "persistence"
        subject = "module"
        sign = "content"
        strength = "strong"
        level = "high"
        persistence = "iis-module"
        falsepositives = "A host for another language that starts programs for requests, as FastCGI or iisnode do: ask for its vendor."
        next = "Copy the library with its times before anything is removed; look at its signature and at what it exports."
        next = "See whether applicationHost.config names it (globalModules)."
    strings:
        $export = "RegisterModule" fullword ascii
        $shell1 = "cmd.exe" ascii wide nocase
        $shell2 = "powershell" ascii wide nocase
        $shell3 = "%COMSPEC%" ascii wide nocase
        $start1 = "CreateProcessA" fullword ascii
        $start2 = "CreateProcessW" fullword ascii
        $start3 = "CreateProcessAsUserA" fullword ascii
        $start4 = "CreateProcessAsUserW" fullword ascii
        $start5 = "CreateProcessWithTokenW" fullword ascii
        $pipe = "CreatePipe" fullword ascii
        $popen = "_popen" fullword ascii
        $host1 = "aspnetcore" ascii wide nocase
        $host2 = "iisnode" ascii wide nocase
        $host3 = "FastCGI" ascii wide nocase
    condition:
        uint16(0) == 0x5A4D and $export and any of ($shell*) and
        ($popen or ($pipe and any of ($start*))) and not any of ($host*)
}

rule Postern_Managed_Module_Runs_Commands
{
    meta:
        title = "Managed IIS Module That Runs Commands"
        description = "Detects a managed module of IIS with the functions to start a shell and to send back its output. An administration tool that does so has a vendor and a signature."
        author = "Postern"
        license = "Apache-2.0"
        stage = "persistence"
        subject = "module"
        sign = "content"
        strength = "strong"
        level = "high"
        persistence = "iis-module"
        falsepositives = "An administration tool that runs inside a web application: ask for its vendor."
        next = "Copy the library with its times before anything is removed; look at its signature and at what it exports."
        next = "See whether a web.config or applicationHost.config names one of its classes (modules)."
    strings:
        $module = "IHttpModule" fullword ascii
        $event1 = "add_BeginRequest" fullword ascii
        $event2 = "add_EndRequest" fullword ascii
        $event3 = "add_PreSendRequestContent" fullword ascii
        $event4 = "add_PreSendRequestHeaders" fullword ascii
        $event5 = "add_AuthenticateRequest" fullword ascii
        $event6 = "add_PostAuthenticateRequest" fullword ascii
        $event7 = "add_PreRequestHandlerExecute" fullword ascii
        $event8 = "add_PostAuthorizeRequest" fullword ascii
        $shell1 = "cmd.exe" wide nocase
        $shell2 = "powershell" wide nocase
        $start = "set_RedirectStandardOutput" fullword ascii
        $answer = "HttpResponse" fullword ascii
    condition:
        uint16(0) == 0x5A4D and $module and any of ($event*) and any of ($shell*) and $start and $answer
}

rule Postern_Managed_Module_Takes_Passwords
{
    meta:
        title = "Managed IIS Module That Takes Passwords from the Logon"
        description = "Detects a managed module of IIS that reads passwords from the Exchange logon form and can store them or send them elsewhere. Texts of .NET are UTF-16. A product for multifactor authentication that reads the form has a vendor and a signature."
        author = "Postern"
        license = "Apache-2.0"
        reference = "https://securelist.com/owowa-credential-stealer-and-remote-access/105219/"
        stage = "credentials"
        subject = "module"
        sign = "content"
        strength = "strong"
        level = "high"
        persistence = "iis-module"
        falsepositives = "A product for multifactor authentication or single sign-on that checks the password of the form: ask for its vendor."
        next = "Copy the library with its times before anything is removed; look at its signature. Every password typed since its time is known to the attacker."
        next = "See whether a web.config or applicationHost.config names one of its classes (modules), and whether it is in the global assembly cache."
    strings:
        $module = "IHttpModule" fullword ascii
        $form1 = "get_Form" fullword ascii
        $form2 = "get_Params" fullword ascii
        $logon1 = "auth.owa" wide nocase
        $logon2 = "/auth/logon" wide nocase
        $typed1 = "password" fullword wide nocase
        $typed2 = "passwordText" fullword wide nocase
        $keeps1 = "AppendAllText" fullword ascii
        $keeps2 = "AppendText" fullword ascii
        $keeps3 = "WriteAllText" fullword ascii
        $keeps4 = "StreamWriter" fullword ascii
        $keeps5 = "FileStream" fullword ascii
        $sends1 = "UploadString" fullword ascii
        $sends2 = "UploadValues" fullword ascii
        $sends3 = "HttpWebRequest" fullword ascii
        $sends4 = "SmtpClient" fullword ascii
        $sends5 = "HttpClient" fullword ascii
    condition:
        uint16(0) == 0x5A4D and $module and any of ($form*) and any of ($logon*) and any of ($typed*) and
        (any of ($keeps*) or any of ($sends*))
}
