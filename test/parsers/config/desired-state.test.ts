import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vantageOf } from '../../../src/model/log-kinds.ts'
import { readWith } from './reading.ts'

const CURRENT = 'C:\\Windows\\System32\\Configuration\\Current.mof'
const text = String.raw`/*
@TargetNode='localhost'
*/
instance of MSFT_ScriptResource as $MSFT_ScriptResource1ref
{
ResourceID = "[Script]Update";
 GetScript = "return @{}";
 TestScript = "\nreturn $false\n";
 SetScript = "\n Start-Process \"C:\\Tools\\a.exe\"\n";
 SourceInfo = "C:\\t.ps1::3::1::Script";
};
instance of MSFT_WindowsProcess as $p
{
ResourceID = "[WindowsProcess]Agent";
 Path = "C:\\ProgramData\\agent.exe";
 Arguments = "-k 1";
};
instance of MSFT_FileDirectoryConfiguration as $f
{
ResourceID = "[File]Page";
 DestinationPath = "C:\\inetpub\\wwwroot\\a.aspx";
 Contents = "<%= 1 %>";
};
instance of OMI_ConfigurationDocument
{
 Version="2.0.0";
};
`.replaceAll('\n', '\r\n')

test('each resource is an event with its command, file and content, in UTF-8 and UTF-16', async () => {
  for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${text}`)]) {
    const { parser, events, gaps } = await readWith(CURRENT, bytes)
    assert.equal(parser, 'desired-state')
    assert.deepEqual(gaps, [])
    assert.deepEqual(
      events.map(({ target, fields }) => [target, fields.ResourceType, fields.DestinationPath]),
      [
        ['[Script]Update', 'MSFT_ScriptResource', null],
        ['[WindowsProcess]Agent', 'MSFT_WindowsProcess', null],
        ['[File]Page', 'MSFT_FileDirectoryConfiguration', 'C:\\inetpub\\wwwroot\\a.aspx'],
      ],
    )
    const [script, program, file] = events
    assert.match(String(script!.fields.Command), /Start-Process "C:\\Tools\\a\.exe"[\s\S]*return \$false/)
    assert.deepEqual(
      [program!.fields.Command, program!.fields.KnownPlace],
      ['C:\\ProgramData\\agent.exe -k 1', 'false'],
    )
    assert.equal(file!.fields.Contents, '<%= 1 %>')
  }
})

test('a resource without an end is read as far as it goes', async () => {
  const { events } = await readWith(CURRENT, text.slice(0, text.indexOf(' SourceInfo')))
  assert.equal(events.length, 1)
  assert.match(String(events[0]!.fields.Command), /Start-Process/)
})

test('it is configuration, and not what is seen to run', () => {
  assert.equal(vantageOf('dsc-configuration'), 'configuration')
})
