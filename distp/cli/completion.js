import { PosternError } from '../lib/errors.js';
import { readArguments } from './arguments.js';
import { optionValues } from './help.js';
import { commandSpecs, shells } from './options.js';
/** `postern completion SHELL`: prints a script that completes commands, options and their values. */
export function completionCommand(args) {
    const [shell = '', ...more] = readArguments('completion', args).positionals;
    if (!Object.hasOwn(makers, shell) || more.length > 0)
        throw new PosternError('usage', `Usage: postern completion ${shells.join('|')}`);
    process.stdout.write(completionScript(shell));
    return 0;
}
export const completionScript = (shell) => makers[shell]();
const makers = { bash, zsh, fish, powershell };
const names = [...commandSpecs.map(({ name }) => name), 'help'];
const flags = ({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
const wordsOf = ({ options, actions = [] }) => [
    ...actions.map(({ name }) => name),
    ...options.flatMap(flags),
    '--help',
];
/** Where there is nothing to complete, bash completes names of files (`-o default`). */
function bash() {
    const values = commandSpecs.flatMap((spec) => spec.options
        .filter(({ value }) => value !== undefined)
        .map((option) => {
        const cases = flags(option).map((flag) => `"${spec.name} ${flag}"`);
        const list = optionValues(option).join(' ');
        return `    ${cases.join('|')}) ${list === '' ? '' : `COMPREPLY=($(compgen -W "${list}" -- "$cur")); `}return ;;`;
    }));
    const commands = commandSpecs.map((spec) => `    ${spec.name}) [[ $cur == -* || $COMP_CWORD -eq 2 ]] && COMPREPLY=($(compgen -W "${wordsOf(spec).join(' ')}" -- "$cur")) ;;`);
    return `# bash completion for postern
_postern() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${names.join(' ')} --help --version" -- "$cur"))
    return
  fi
  case "\${COMP_WORDS[1]} $prev" in
${values.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
    help) COMPREPLY=($(compgen -W "${names.join(' ')}" -- "$cur")) ;;
${commands.join('\n')}
  esac
}
complete -o default -F _postern postern
`;
}
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
const inBrackets = (text) => text.replace(/[[\]:\\]/g, '\\$&');
function zsh() {
    const option = (one) => {
        const help = `[${inBrackets(one.help)}]`;
        const list = optionValues(one);
        const action = list.length > 0 ? `(${list.join(' ')})` : one.path === 'folder' ? '_files -/' : one.path ? '_files' : ' ';
        const value = one.value === undefined ? '' : `:${inBrackets(one.value)}:${action}`;
        return flags(one)
            .map((flag) => quoted(`${one.multiple ? '*' : ''}${flag}${help}${value}`))
            .join(' ');
    };
    const commands = commandSpecs.map((spec) => {
        const actions = (spec.actions ?? []).map(({ name }) => name).join(' ');
        const first = actions === '' ? '' : ` ${quoted(`1:action:(${actions})`)}`;
        const options = spec.options.map((one) => ` ${option(one)}`).join('');
        return `    ${spec.name}) _arguments${options} '--help[Show help]'${first} '*:file:_files' ;;`;
    });
    const summaries = commandSpecs.map(({ name, summary }) => quoted(`${name}:${summary}`));
    return `#compdef postern
_postern() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(${summaries.join(' ')} 'help:Show the options of a command')
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _postern "$@"; else compdef _postern postern; fi
`;
}
function fish() {
    const text = (words) => `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
    const lines = commandSpecs.flatMap((spec) => {
        const within = `-n '__fish_seen_subcommand_from ${spec.name}'`;
        const actions = (spec.actions ?? []).map(({ name, help }) => `complete -c postern ${within} -f -a ${name} -d ${text(help)}`);
        const options = spec.options.map((one) => {
            const list = optionValues(one).join(' ');
            const value = one.value === undefined ? '' : one.path ? ' -r -F' : list === '' ? ' -x' : ` -x -a ${text(list)}`;
            const short = one.short === undefined ? '' : ` -s ${one.short}`;
            return `complete -c postern ${within}${short} -l ${one.name}${value} -d ${text(one.help)}`;
        });
        return [
            `complete -c postern -n __fish_use_subcommand -f -a ${spec.name} -d ${text(spec.summary)}`,
            ...actions,
            ...options,
        ];
    });
    return `# fish completion for postern\n${lines.join('\n')}\ncomplete -c postern -n __fish_use_subcommand -f -a help -d 'Show the options of a command'\n`;
}
/** Where the block gives nothing, PowerShell completes names of files. */
function powershell() {
    const text = (words) => `'${words.replaceAll("'", "''")}'`;
    const list = (words) => `@(${words.map(text).join(', ')})`;
    const commands = commandSpecs.map((spec) => `    ${text(spec.name)} = ${list(wordsOf(spec))}`);
    const values = commandSpecs.flatMap((spec) => spec.options
        .filter(({ value }) => value !== undefined)
        .flatMap((option) => flags(option).map((flag) => `    ${text(`${spec.name} ${flag}`)} = ${list(optionValues(option))}`)));
    return `# PowerShell completion for postern
Register-ArgumentCompleter -Native -CommandName postern -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]\u0040{
${commands.join('\n')}
  }
  $values = \u0040{
${values.join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($before.Count -gt 1) { $command = $before[1] } else { $command = '' }
  $key = "$command $($before[-1])"
  if ($before.Count -le 1) { $words = @($commands.Keys) + @('help', '--help', '--version') }
  elseif ($values.ContainsKey($key)) { $words = $values[$key] }
  elseif ($command -eq 'help') { $words = @($commands.Keys) }
  elseif ($wordToComplete -like '-*' -or $before.Count -eq 2) { $words = $commands[$command] }
  else { $words = @() }
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
//# sourceMappingURL=completion.js.map