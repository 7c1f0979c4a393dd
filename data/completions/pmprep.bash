# bash completion for pmprep

_pmprep() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= verb= word i words=
    local global='--db --data --bank --plain --json --help --version'
    local filter='principle: kind: family: difficulty: bank: flaw: due: new: core: since: score: text:'

    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --db | --data | --bank) ((i++)) ;;
        -*) ;;
        *) if [ -z "$command" ]; then command=$word; elif [ -z "$verb" ]; then verb=$word; fi ;;
        esac
    done

    case $prev in
    --db | --bank) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --data) COMPREPLY=($(compgen -d -- "$cur")); return ;;
    --kind) COMPREPLY=($(compgen -W 'behavioural failure why-pm product-sense strategy metrics prioritisation estimation technical working-backwards' -- "$cur")); return ;;
    --labels) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --explain) COMPREPLY=($(compgen -W "$(pmprep coach --rules 2>/dev/null | cut -d' ' -f1)" -- "$cur")); return ;;
    --report) [ "$command" = mock ] && { COMPREPLY=($(compgen -W 'last' -- "$cur")); return; } ;;
    --mode) COMPREPLY=($(compgen -W 'type speak outline' -- "$cur")); return ;;
    esac

    case $command in
    '') words='drill mock review story due coach bank config doctor help' ;;
    drill) words="--count --minutes --mode --due --new --seed --resume --item $filter" ;;
    mock)
        words='--list --round --minutes --mode --seed --pace --resume --discard --report --markdown --html'
        [ -z "$verb" ] && words="$words $(pmprep mock --list 2>/dev/null | sed -n '2,/^$/s/^  \([a-z0-9-]*\) .*/\1/p')"
        ;;
    review) words="show --csv --markdown --limit --reviewer $filter" ;;
    story)
        words='--headline --customer --decision --rejected --before --after --period --source --lesson --principles'
        [ -z "$verb" ] && words="list add show edit remove $words"
        ;;
    due) words='--count' ;;
    coach)
        if [[ $cur != -* ]]; then
            COMPREPLY=($(compgen -f -- "$cur"))
            return
        fi
        words='--kind --principle --fix-hints --report --rules --explain --self-test --labels'
        ;;
    bank)
        if [ "$verb" = check ]; then
            COMPREPLY=($(compgen -f -- "$cur"))
            return
        fi
        words='list show check new path'
        ;;
    config)
        case $verb in
        '') words='show list get set unset' ;;
        *) words='target role mode minutes new-limit retention theme mouse coach-off coach-severity coach-live reviewer reviewer-seconds recorder transcriber transcriber-seconds keep-audio' ;;
        esac
        ;;
    doctor) words='--set-aside' ;;
    help) words='drill mock review story due coach bank config doctor help' ;;
    esac
    COMPREPLY=($(compgen -W "$words $global" -- "$cur"))
    [[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null
}

complete -F _pmprep pmprep
