# fish completion for pmprep

set -l commands drill mock review story due coach bank config doctor help
complete -c pmprep -f

complete -c pmprep -l db -r -F -d 'your answers are in this file'
complete -c pmprep -l data -x -a '(__fish_complete_directories)' -d 'the shipped content is in this folder'
complete -c pmprep -l bank -r -F -d 'load this bank file or folder too'
complete -c pmprep -l plain -d 'a line dialogue in place of the screen'
complete -c pmprep -l json -d 'print JSON'
complete -c pmprep -l help -s h -d 'show help'
complete -c pmprep -l version -d 'show the version'

complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a drill -d 'timed practice'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a mock -d 'a timed interview and its debrief'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a review -d 'past answers'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a story -d 'your stories'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a due -d 'one line for a prompt'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a coach -d 'findings on any text'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a bank -d 'question banks'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a config -d 'preferences'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a doctor -d 'is everything sound'
complete -c pmprep -n "not __fish_seen_subcommand_from $commands" -a help -d 'help of a command'

complete -c pmprep -n '__fish_seen_subcommand_from drill' -l count -x -d items
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l minutes -x -d minutes
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l mode -x -a 'type speak outline' -d 'how to answer'
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l due -d 'only what is due'
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l new -d 'only questions never answered'
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l seed -x -d 'the same choice every time'
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l resume -d 'take up the unfinished answer'
complete -c pmprep -n '__fish_seen_subcommand_from drill' -l item -x -d 'exactly this question'
complete -c pmprep -n '__fish_seen_subcommand_from drill review' \
    -a 'principle: kind: family: difficulty: bank: flaw: due: new: core: since: score: text:'

complete -c pmprep -n '__fish_seen_subcommand_from mock' -d loop \
    -a "(pmprep mock --list 2>/dev/null | sed -n '2,/^\$/s/^  \\([a-z0-9-]*\\) .*/\\1/p')"
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l list -d 'the loops and your runs'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l round -x -d 'only this interview'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l minutes -x -d 'cut it to so many'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l mode -x -a 'type speak outline' -d 'how to answer'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l seed -x -d 'the same questions every time'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l pace -x -d 'every allotted time times this'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l resume -d 'take up the unfinished run'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l discard -d 'drop the unfinished run'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l report -x -a last -d 'the debrief of a run'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l markdown -d 'the report as Markdown'
complete -c pmprep -n '__fish_seen_subcommand_from mock' -l html -d 'the report as one HTML file'

complete -c pmprep -n '__fish_seen_subcommand_from review' -a show -d 'one answer'
complete -c pmprep -n '__fish_seen_subcommand_from review' -l csv -d 'as CSV'
complete -c pmprep -n '__fish_seen_subcommand_from review' -l markdown -d 'as Markdown'
complete -c pmprep -n '__fish_seen_subcommand_from review' -l limit -x -d 'at most'
complete -c pmprep -n '__fish_seen_subcommand_from review' -l reviewer -d 'ask your reviewer first'

complete -c pmprep -n '__fish_seen_subcommand_from story' -a 'list add show edit remove'
complete -c pmprep -n '__fish_seen_subcommand_from story' -l headline -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l customer -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l decision -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l rejected -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l before -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l after -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l period -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l source -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l lesson -x
complete -c pmprep -n '__fish_seen_subcommand_from story' -l principles -x

complete -c pmprep -n '__fish_seen_subcommand_from due' -l count -d 'the number alone'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -F
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l kind -x -d 'what was asked' \
    -a 'behavioural failure why-pm product-sense strategy metrics prioritisation estimation technical working-backwards'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l principle -x -d 'the principle asked for'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l fix-hints -d 'what to do, under each finding'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l report -d 'length, shape and numbers'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l rules -d 'list the rules'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l explain -x -d 'what a rule looks at' \
    -a "(pmprep coach --rules 2>/dev/null | string split -f1 ' ')"
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l self-test -d 'run the examples of the rules'
complete -c pmprep -n '__fish_seen_subcommand_from coach' -l labels -r -F -d 'score labelled answers'
complete -c pmprep -n '__fish_seen_subcommand_from bank' -a 'list show check new path'
complete -c pmprep -n '__fish_seen_subcommand_from bank; and __fish_seen_subcommand_from check' -F
complete -c pmprep -n '__fish_seen_subcommand_from config' -a 'show list get set unset'
complete -c pmprep -n '__fish_seen_subcommand_from config; and __fish_seen_subcommand_from get set unset' \
    -a 'target role mode minutes new-limit retention theme mouse coach-off coach-severity coach-live reviewer reviewer-seconds recorder transcriber transcriber-seconds keep-audio'
complete -c pmprep -n '__fish_seen_subcommand_from doctor' -l set-aside -d 'rename a damaged database'
complete -c pmprep -n '__fish_seen_subcommand_from help' -a "$commands"
