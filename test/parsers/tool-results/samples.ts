/** Lines of a text file of Windows. */
export const text = (...lines: string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`)

/** What each tool writes, by hand: the parser that must take it, the name of the file, its bytes. */
export const samples: Record<string, readonly [parser: string, path: string, bytes: Buffer]> = {
  msert: [
    'msert',
    'msert.log',
    text(
      '---------------------------------------------------------------------------------------',
      'Microsoft Safety Scanner v1.333, (build 1.333.160.0)',
      'Started On Tue Mar  9 20:05:00 2021',
      '',
      'Engine: 1.1.17900.7',
      'Run Mode: Scan Run in Quiet Mode',
      '',
      'Quick Scan Results:',
      '-------------------',
      'Threat Detected: Backdoor:ASP/Invented.A!dha and Removed!',
      '  Action: Remove, Result: 0x00000000',
      '      file://C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx',
      '          SigSeq: 0x00000555DC2DDDB0',
      '      containerfile://C:\\inetpub\\wwwroot\\aspnet_client\\invented.zip',
      'Threat Detected: Backdoor:ASP/Invented.B!dha, not removed.',
      '  Action: NoAction, Result: 0x00000000',
      '      file://C:\\inetpub\\wwwroot\\a.zip->b.aspx',
      '',
      'Results Summary:',
      '----------------',
      'Found Backdoor:ASP/Invented.A!dha and Removed!',
      'Successfully Submitted Heartbeat Report',
      'Microsoft Safety Scanner Finished On Tue Mar  9 21:05:00 2021',
      '',
      'Return code: 6 (0x6)',
    ),
  ],
  'Defender alerts, hunting': [
    'defender-alerts-csv',
    'AlertEvidence.csv',
    text(
      'Timestamp,AlertId,Title,Categories,AttackTechniques,ServiceSource,DetectionSource,EntityType,EvidenceRole,FileName,FolderPath,RemoteIP,AccountName,AccountDomain,DeviceName,ProcessCommandLine,Severity',
      '2026-03-17T09:41:00Z,da1,Possible web shell installation,"[""Persistence""]","[""Web Shell (T1505.003)""]",Microsoft Defender for Endpoint,EDR,File,Related,help.aspx,C:\\inetpub\\wwwroot\\aspnet_client,,,,mail01.contoso.example,,Medium',
      '2026-03-17T09:41:00Z,da1,Possible web shell installation,"[""Persistence""]","[""Web Shell (T1505.003)""]",Microsoft Defender for Endpoint,EDR,Process,Related,cmd.exe,C:\\Windows\\System32,,system,nt authority,mail01.contoso.example,cmd.exe /c whoami,Medium',
    ),
  ],
  'Defender alerts, Sentinel': [
    'defender-alerts-json',
    'SecurityAlert.json',
    Buffer.from(
      JSON.stringify([
        {
          TimeGenerated: '2026-03-17T09:43:00Z',
          StartTime: '2026-03-17T09:41:00Z',
          SystemAlertId: 's1',
          AlertName: 'Possible web shell installation',
          AlertSeverity: 'Medium',
          CompromisedEntity: 'mail01',
          Tactics: 'Persistence',
          Entities: JSON.stringify([
            { Type: 'file', Directory: 'C:\\inetpub\\wwwroot\\aspnet_client', Name: 'help.aspx' },
            {
              Type: 'process',
              CommandLine: 'cmd.exe /c whoami',
              ImageFile: { Directory: 'C:\\Windows\\System32', Name: 'cmd.exe' },
            },
          ]),
        },
      ]),
    ),
  ],
  'Defender alerts, Graph': [
    'defender-alerts-json',
    'alerts.json',
    Buffer.from(
      JSON.stringify({
        value: [
          {
            id: 'da1',
            title: 'Possible web shell installation',
            severity: 'medium',
            category: 'Persistence',
            mitreTechniques: ['T1505.003'],
            alertWebUrl: 'https://security.microsoft.com/alerts/da1',
            firstActivityDateTime: '2026-03-17T09:41:00Z',
            evidence: [
              {
                '@odata.type': '#microsoft.graph.security.fileEvidence',
                fileDetails: { fileName: 'help.aspx', filePath: 'C:\\inetpub\\wwwroot\\aspnet_client' },
              },
              {
                '@odata.type': '#microsoft.graph.security.processEvidence',
                processCommandLine: 'cmd.exe /c whoami',
                imageFile: { fileName: 'cmd.exe', filePath: 'C:\\Windows\\System32' },
              },
            ],
          },
        ],
      }),
    ),
  ],
  eomt: [
    'eomt',
    'EOMT.log',
    text(
      '2021-03-16 10:00:00 Info: Starting EOMT.ps1 version 21.03.15.2330 on MAIL01',
      '2021-03-16 10:00:01 Info: EOMT preCheck complete on MAIL01',
      '2021-03-16 10:00:02 Info: MAIL01 is vulnerable: applying mitigation',
      '2021-03-16 10:00:30 Info: Mitigation complete on MAIL01 :: Default Web Site',
      '2021-03-16 10:00:31 Notice: MAIL01 has no update.',
      'Please install it.',
      '2021-03-16 10:30:00 Info: Threats detected! Please review "C:\\Windows\\debug\\msert.log" as soon as possible. ',
      '2021-03-16 10:30:01 Error: EOMT.ps1 failed to complete on MAIL01, please review EOMT logs',
    ),
  ],
  'eomt summary': [
    'eomt',
    'EOMTSummary.txt',
    text(
      'Microsoft Safety Scanner and CVE-2021-26855 mitigation summary',
      'Message: Microsoft attempted to mitigate and protect your Exchange server from CVE-2021-26855 and clear malicious files.',
      'For more information on these vulnerabilities please visit https://aka.ms/Exchangevulns. This attempt was unsuccessful.',
    ),
  ],
  'health checker': [
    'health-checker',
    'HealthChecker-MAIL01-20210310.txt',
    text(
      'Exchange Health Checker version 21.03.08.1200',
      'Exchange Information',
      '--------------------',
      '\tName: MAIL01',
      '\tGeneration Time: 03/20/2021 10:00:00',
      '\tVersion: Exchange 2016 CU18',
      '\tBuild Number: 15.01.2106.002',
      '',
      'Security Vulnerability',
      '----------------------',
      '\tSecurity Vulnerability: CVE-2021-26855',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-26855 for more information.',
      '\tSecurity Vulnerability: Download Domains are not configured. You should configure them.',
    ),
  ],
  'health checker page': [
    'health-checker',
    'ExchangeAllServersReport.html',
    text(
      '<html>',
      '<body>',
      '<h1 align="center">Exchange Health Checker v21.03.08.1200</h1><br>',
      '<tr>',
      '<th>Server Name</th>',
      '<th>MAIL01</th>',
      '</tr>',
      '<tr>',
      '<td class="Grey">Build Number</td><td class="Grey">15.01.2106.002</td>',
      '</tr>',
      '<tr>',
      '<td class="Red">Security Vulnerabilities</td><td class="Red">CVE-2021-26855',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-26855 for more information.<br> CVE-2021-27065',
      '\t\tSee: https://portal.msrc.microsoft.com/security-guidance/advisory/CVE-2021-27065 for more information.<br></td>',
      '</tr>',
    ),
  ],
  'health checker, vulnerabilities': [
    'health-json',
    'HealthChecker-VulnerabilityReport-20230105103000.json',
    Buffer.from(
      `\ufeff${JSON.stringify(
        {
          VersionReport: '23.01.03.1200',
          ReportDate: '1/5/2023 10:31:12 AM',
          Organization: 'CN=First,DC=example,DC=test',
          Servers: [
            {
              Name: 'MAIL01.example.test',
              BuildVersion: '15.1.2106.2',
              HasVulnerability: true,
              Vulnerabilities: ['CVE-2021-26855', 'CVE-2021-27065', 'IIS module anomalies detected'],
              Online: true,
            },
            {
              Name: 'MAIL02',
              BuildVersion: '15.1.2507.17',
              HasVulnerability: false,
              Vulnerabilities: [],
              Online: true,
            },
            {
              Name: 'MAIL03',
              BuildVersion: '15.1.2507.6',
              HasVulnerability: 'Unknown',
              Vulnerabilities: [],
              Online: false,
            },
          ],
        },
        null,
        4,
      ).replaceAll('\n', '\r\n')}\r\n`,
      'utf16le',
    ),
  ],
  'health checker, collected': [
    'health-json',
    'mail01.json',
    text(
      JSON.stringify({
        GenerationTime: {
          value: '/Date(1616234400000)/',
          DisplayHint: 2,
          DateTime: 'Saturday, March 20, 2021 10:00:00 AM',
        },
        HealthCheckerVersion: '21.03.08.1200',
        ServerName: 'MAIL01.example.test',
        HardwareInformation: { ServerType: 'HyperV' },
        ExchangeInformation: {
          BuildInformation: {
            MajorVersion: 'Exchange2016',
            ExchangeSetup: {
              FileName: 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe',
              FileVersion: '15.01.2106.002',
            },
            VersionInformation: { BuildVersion: { Major: 15, Minor: 1, Build: 2106, Revision: 2 } },
          },
        },
      }),
    ),
  ],
  'health checker, whole': [
    'health-json',
    'mail01.json',
    text(
      JSON.stringify(
        {
          HealthCheckerExchangeServer: {
            GenerationTime: '2021-03-20T11:00:00.1234567+01:00',
            HealthCheckerVersion: '21.03.08.1200',
            ServerName: 'MAIL01',
            ExchangeInformation: {
              BuildInformation: '@{MajorVersion=Exchange2016; ExchangeSetup=; KBsInstalledInfo=}',
            },
          },
          HtmlServerValues: {
            ServerDetails: [
              { Name: 'Build Number', DetailValue: '15.01.2106.002', TableValue: null, Class: '' },
              '@{Name=Security Vulnerabilities; DetailValue=CVE-2021-26855\r\n\t\tSee: https://vendor.example for more information.<br> CVE-2021-27065<br>; TableValue=; Class=Red}',
            ],
          },
        },
        null,
        2,
      ),
    ),
  ],
  'proxy rows': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26855.csv',
    text(
      '#TYPE Selected.System.Management.Automation.PSCustomObject',
      '"DateTime","RequestId","ClientIPAddress","UrlHost","UrlStem","RoutingHint","UserAgent","AnchorMailbox","HttpStatus"',
      '"2021-03-03T06:49:42.162Z","0b7f6c2e-51d4-4b0e-9a61-0000000000a1","203.0.113.77","mail.example.test","/ecp/y.js","X-BEResource","python","ServerInfo~a]@MAIL01.EXAMPLE.TEST:444/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory#","200"',
    ),
  ],
  'other files': [
    'proxylogon-script',
    'MAIL01-other.csv',
    text(
      '"ComputerName","Type","Path","Name","LastWrite"',
      '"MAIL01","SuspiciousArchive","C:\\ProgramData\\it.zip","it.zip","3/13/2021 6:44:38 AM"',
    ),
  ],
  'age of the logs': [
    'proxylogon-script',
    'MAIL01-LogAgeDays.csv',
    text(
      '"OabGen","Ecp","AutoDProxy","EasProxy","EcpProxy","EwsProxy","MapiProxy","OabProxy","OwaProxy","OwaCalendarProxy","PowershellProxy","RpcHttpProxy"',
      '"30.1","30.2","29.9","","30.0","30.0","30.0","30.0","30.0","30.0","30.0","30.0"',
    ),
  ],
  'um events': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26857.csv',
    text(
      '"TimeCreated","MachineName","Message"',
      '"3/13/2021 6:44:38 AM","MAIL01.example.test","The Unified Messaging server encountered',
      'System.InvalidCastException"',
    ),
  ],
  'downloaded paths': [
    'proxylogon-script',
    'MAIL01-Cve-2021-26858-DownloadPaths.log',
    text("'C:\\inetpub\\wwwroot\\aspnet_client\\invented.aspx'"),
  ],
  'screen with rows': [
    'proxylogon-script',
    'out.txt',
    text(
      'ProxyLogon Status: Exchange Server MAIL01',
      '  Log age days: Oabgen  Ecp 29,8 Mapi 21,5',
      '  [CVE-2021-26855] Suspicious activity found in Http Proxy log!',
      '',
      'DateTime                 AnchorMailbox                                       ',
      '--------                 -------------                                       ',
      '2021-03-03T09:32:46.036Z ServerInfo~a]@mail01.example.test:444/mapi/emsmdb/?#',
      '',
      '  [CVE-2021-27065] Suspicious activity found in ECP logs!',
      '  Other suspicious files found: 1',
      '   SuspiciousArchive : C:\\ProgramData\\it.zip',
    ),
  ],
  screen: [
    'proxylogon-script',
    'out.txt',
    text(
      'ProxyLogon Status: Exchange Server MAIL01',
      '  Log age days: OabGen 30.1 Ecp 30.2',
      '  [CVE-2021-26855] Suspicious activity found in Http Proxy log!',
      '  Report exported to: C:\\x.csv',
      'ProxyLogon Status: Exchange Server MAIL02',
      '  Nothing suspicious detected',
    ),
  ],
  'hayabusa csv': [
    'hunt-csv',
    'hayabusa.csv',
    text(
      '"Timestamp","RuleTitle","Level","Computer","Channel","EventID","RecordID","Details","ExtraFieldInfo","RuleID"',
      '"2021-03-03 04:25:01.000 +00:00","Invented Rule","high","MAIL01.example.test","Sysmon",1,4711,"Cmdline: cmd /c whoami ¦ Proc: C:\\Windows\\System32\\cmd.exe ¦ User: NT AUTHORITY\\SYSTEM","","0aa0"',
    ),
  ],
  'hayabusa before version 1': [
    'hunt-csv',
    'result.csv',
    text(
      'Time,Computername,Eventid,Level,Alert,Details,Rulepath,Filepath',
      '2021-03-03 04:25:01.000 +00:00,MAIL01.example.test,4688,high,Invented Rule,a process,rules/a.yml,Security.evtx',
    ),
  ],
  'hayabusa 1.4': [
    'hunt-csv',
    'result.csv',
    text(
      'Timestamp,Computer,Channel,EventID,Level,MitreAttack,RecordID,RuleTitle,Details,RecordInformation,RulePath,FilePath',
      '"Wed,  3 Mar 2021 04:25:01 +00:00",MAIL01.example.test,Sec,4688,crit,TA0002,4711,Invented Rule,Cmd: whoami,CommandLine:cmd /c whoami | more | NewProcessName:C:\\Windows\\System32\\cmd.exe,rules/a.yml,Security.evtx',
    ),
  ],
  'hayabusa for timesketch': [
    'hunt-csv',
    'timesketch.csv',
    text(
      '"datetime","timestamp_desc","message","Computer","Channel","EventID","Level","MitreTactics","RecordID","Details","RuleFile","EvtxFile"',
      '"2021-03-03T04:25:01.000000Z","hayabusa","Invented Rule","MAIL01.example.test","Sysmon",1,"med","-",4711,"Cmdline: cmd /c whoami',
      'Proc: C:\\Windows\\System32\\cmd.exe","a.yml","s.evtx"',
    ),
  ],
  'hayabusa json': [
    'hunt-json',
    'hayabusa.jsonl',
    text(
      '{"Timestamp":"2021-03-03 04:25:01.000 +00:00","RuleTitle":"Invented Rule","Level":"crit","Computer":"MAIL01.example.test","Channel":"Sec","EventID":4624,"RecordID":4711,"Details":{"Type":"3 - NETWORK","TgtUser":"a.b","SrcIP":"203.0.113.77"},"RuleID":"0aa0"}',
    ),
  ],
  'chainsaw csv': [
    'hunt-csv',
    'sigma.csv',
    text(
      'timestamp,detections,path,count,Event.System.Provider,Event ID,Record ID,Computer,Event Data',
      '2021-03-03T04:25:01+00:00,Invented Rule;Second Rule,C:\\evtx\\Security.evtx,1,Microsoft-Windows-Security-Auditing,4688,4711,MAIL01.example.test,"CommandLine: cmd',
      'NewProcessName: C:\\Windows\\System32\\cmd.exe"',
    ),
  ],
  'chainsaw 1 csv': [
    'hunt-csv',
    'suspicious_command_line.csv',
    text(
      'system_time,id,detection_rules,computer_name,Event.EventData.CommandLine,process_name',
      '2021-03-03 04:25:01,4688,"‣ Invented',
      'Rule',
      '‣ Second Rule","""MAIL01.example.test""","cmd /c who',
      'ami",C:\\Windows\\System32\\cmd.exe',
    ),
  ],
  'chainsaw 1 built-in csv': [
    'hunt-csv',
    'windows_defender_detections.csv',
    text(
      'system_time,id,computer,threat_name,threat_file,user',
      '2021-03-03 04:25:01,1116,"""MAIL01.example.test""","""Backdoor:ASP/Invented.A""","""file:_C:\\\\inetpub\\\\wwwroot\\\\in',
      'vented.aspx""","""NT AUTHORITY\\\\SYSTEM"""',
    ),
  ],
  'chainsaw 2.0 csv': [
    'hunt-csv',
    'sigma.csv',
    text(
      'timestamp,detections,Event ID,Record ID,Computer,Event Data',
      '2021-03-03T04:25:01+00:00,Invented Rule,4688,4711,MAIL01.example.test,"CommandLine: cmd /c whoami"',
    ),
  ],
  'chainsaw 1 json': [
    'hunt-json',
    'chainsaw.json',
    text(
      '[{"detection":["Invented Rule","Second Rule"],"event":{"Event":{"System":{"EventID":4688,"Channel":"Security","Computer":"MAIL01.example.test","EventRecordID":4711,"Provider_attributes":{"Name":"Microsoft-Windows-Security-Auditing"},"TimeCreated_attributes":{"SystemTime":"2021-03-03T04:25:01.000Z"}},"EventData":{"NewProcessName":"C:\\\\Windows\\\\System32\\\\cmd.exe","CommandLine":"cmd /c whoami"}}}}]',
    ),
  ],
  'chainsaw json': [
    'hunt-json',
    'chainsaw.json',
    text(
      '[{"group":"Sigma","kind":"individual","document":{"kind":"evtx","path":"/e/Security.evtx","data":{"Event":{"System":{"EventID":4688,"Channel":"Security","Computer":"MAIL01.example.test","EventRecordID":4711,"Provider_attributes":{"Name":"Microsoft-Windows-Security-Auditing"},"TimeCreated_attributes":{"SystemTime":"2021-03-03T04:25:01Z"}},"EventData":{"NewProcessName":"C:\\\\Windows\\\\System32\\\\cmd.exe","CommandLine":"cmd /c whoami"}}}},"name":"Invented Rule","timestamp":"2021-03-03T04:25:01+00:00","authors":["x"],"level":"medium","source":"sigma","status":"stable","id":"0aa0"}]',
    ),
  ],
  zircolite: [
    'hunt-json',
    'detected_events.json',
    text(
      '[{"title":"Invented Rule","id":"0aa0","description":"d","sigmafile":"x.yml","sigma":["SELECT"],"rule_level":"high","tags":[],"count":1,"matches":[{"row_id":1,"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"MAIL01","EventRecordID":4711,"SystemTime":"2021-03-03T04:25:01.000Z","CommandLine":"cmd /c whoami","Image":"C:\\\\Windows\\\\System32\\\\cmd.exe","OriginalLogfile":"s.evtx"}]}]',
    ),
  ],
  'thor text': [
    'thor-text',
    'MAIL01_thor_2021-03-09_2005.txt',
    text(
      'Mar  9 20:05:00 MAIL01/10.0.0.5 THOR: Info: MODULE: Startup MESSAGE: Thor Version: 10.7.30 SCANID: S-x',
      'Mar  9 20:06:00 MAIL01/10.0.0.5 THOR: Alert: MODULE: Filescan MESSAGE: Malware file found SCANID: S-x FILE: C:\\inetpub\\wwwroot\\invented.aspx EXT: .aspx SCORE: 140 MD5: x REASON_1: YARA rule Invented_Rule / invented SUBSCORE_1: 80 REASON_2: Filename IOC SUBSCORE_2: 60 REASONS_COUNT: 2',
    ),
  ],
  loki: [
    'thor-text',
    'loki.log',
    text(
      '20210309T20:05:00Z MAIL01 LOKI: Notice: MODULE: Init MESSAGE: Starting Loki Scan VERSION: 0.44.0 SYSTEM: MAIL01',
      '20210309T20:06:00Z MAIL01 LOKI: Warning: MODULE: FileScan MESSAGE: FILE: C:\\inetpub\\wwwroot\\invented.aspx SCORE: 70 TYPE: UNKNOWN REASON_1: Yara Rule MATCH: Invented_Rule SUBSCORE: 70 DESCRIPTION: x',
      '20210309T20:07:00Z MAIL01 LOKI: Result: MODULE: Results MESSAGE: Suspicious objects detected!',
    ),
  ],
  'thor csv': [
    'thor-csv',
    'found.csv',
    text(
      '0123456789abcdef0123456789abcdef,C:\\inetpub\\wwwroot\\invented.aspx,140',
      '0123456789abcdef0123456789abcde0,C:\\Temp\\a, b.zip|inner.js,75',
    ),
  ],
  'loki csv': [
    'thor-text',
    'loki.csv',
    text(
      '20210309T20:05:00Z,MAIL01,NOTICE,Init,Starting Loki Scan VERSION: 0.44.0 SYSTEM: MAIL01',
      '20210309T20:06:00Z,MAIL01,WARNING,FileScan,FILE: C:\\inetpub\\wwwroot\\invented.aspx SCORE: 70 TYPE: UNKNOWN REASON_1: Yara Rule MATCH: Invented_Rule SUBSCORE: 70 DESCRIPTION: a "b", c',
      '20210309T20:07:00Z,MAIL01,RESULT,Results,Suspicious objects detected!',
    ),
  ],
  'thor json': [
    'thor-json',
    'thor.json',
    text(
      '{"time":"2021-03-09T20:05:00Z","hostname":"MAIL01","level":"Info","module":"Startup","message":"Thor Version: 10.7.30","scanid":"S-x","log_version":"v1.0.0"}',
      '{"time":"2021-03-09T20:06:00Z","hostname":"MAIL01","level":"Alert","module":"Filescan","message":"Malware file found","scanid":"S-x","file":"C:\\\\inetpub\\\\wwwroot\\\\invented.aspx","score":"140","reason_1":"YARA rule Invented_Rule","log_version":"v1.0.0"}',
      '{"time":"2021-03-09T20:06:00Z","hostname":"MAIL01","level":"Warning","module":"Filescan","message":"Possibly dangerous file found","reasons":[{"reason":"r1","rulename":"Invented_Rule"}],"file":"C:\\\\b.aspx","score":70,"scanid":"S-x","log_version":"v2.0.0"}',
      '{"type":"THOR finding","meta":{"time":"2021-03-09T20:06:00+01:00","level":"Alert","module":"Filescan","scan_id":"S-x","event_id":"1","hostname":"MAIL01"},"message":"Malware file found","subject":{"type":"file","path":"C:\\\\c.aspx","hashes":{"sha256":""}},"score":140,"reasons":[{"type":"reason","summary":"YARA Rule Invented","signature":{"score":80,"rule_name":"Invented_Rule"},"matched":null}],"log_version":"v3.0.0"}',
    ),
  ],
  yara: [
    'yara-output',
    'yara.txt',
    text('Invented_Rule C:\\inetpub\\wwwroot\\invented.aspx', '0x123:$a: eval', 'Other_Rule [webshell] ./page.aspx'),
  ],
  defender: [
    'defender-cmdlets',
    'threats.txt',
    text(
      '',
      'ActionSuccess                  : True',
      'AMProductVersion               : 4.18.2102.4',
      'DomainUser                     : NT AUTHORITY\\SYSTEM',
      'InitialDetectionTime           : 3/13/2021 4:23:22 AM',
      'Resources                      : {file:_C:\\inetpub\\wwwroot\\invented.aspx, file:_C:\\b.as',
      '                                 px}',
      'ThreatID                       : 2147777777',
      'ThreatStatusID                 : 3',
      'PSComputerName                 :',
      '',
    ),
  ],
  'antivirus, columns': [
    'antivirus-table',
    'risks.csv',
    text(
      '"Event Time","Risk","File Path","Actual Action","Computer Name","User Name"',
      '"2021-03-04 06:11:09","Backdoor.Invented","C:\\inetpub\\wwwroot\\invented.aspx","Cleaned by deletion","MAIL01","SYSTEM"',
      '"2021-03-04 06:12:09","","","Scan started","MAIL01","SYSTEM"',
    ),
  ],
  'antivirus, folder and name': [
    'antivirus-table',
    'virus.csv',
    text(
      'Date/Time;Endpoint;Virus/Malware;Path;File name;Result',
      '3/14/2021 6:11:09 AM;MAIL01;Backdoor.ASP.INVENTED;C:\\inetpub\\wwwroot;invented.aspx;File quarantined',
    ),
  ],
  'antivirus, sentences': [
    'antivirus-table',
    'events.csv',
    text(
      'Time,Severity,Event,User,Device',
      '"Mar 4, 2021 6:11 AM",High,"Malware cleaned up: \'Troj/Invented-L\' at \'C:\\inetpub\\wwwroot\\invented.aspx\'",SYSTEM,MAIL01',
      '"Mar 4, 2021 6:12 AM",Low,Update succeeded,SYSTEM,MAIL01',
    ),
  ],
  'defender csv': [
    'defender-cmdlets',
    'threats.csv',
    text(
      '"ThreatID","ThreatName","DidThreatExecute","Resources","ThreatStatusID"',
      '"2147777777","Backdoor:ASP/Invented.A","False","file:_C:\\inetpub\\wwwroot\\invented.aspx",""',
    ),
  ],
}
