# To be sourced by bash: launch RANKS PROGRAM ARGUMENTS... starts the program and stands between it and the terminal.
#
# What OpenMPI 4.1 does by itself: at Ctrl-C and SIGTERM mpirun sends its ranks SIGTERM and, a second later, SIGKILL, too soon
# for a step and a checkpoint; a longer odls_base_sigkill_timeout is waited for twice after every failure. So mpirun runs in a
# session of its own, out of the terminal's reach, with both signals blocked, and what the shell gets goes to the ranks, which
# stop after their step. A SIGTERM sent to mpirun itself stays pending there; it is seen and heeded.

launched= # mpirun, or the program itself on one rank
with_mpirun=
asked= # the signal that a stop was asked for with
asked_at=0
told= # whether a rank was there to be told

# The ranks that run: the children of mpirun, or the program itself.
tell_ranks() { # SIGNAL
  local ids=() more file
  [[ -n $launched ]] || return 1
  if [[ -z $with_mpirun ]]; then
    ids=("$launched")
  else
    for file in /proc/"$launched"/task/*/children; do
      more=()
      { read -ra more <"$file"; } 2>/dev/null || true # no newline at its end
      ids+=("${more[@]}")
    done
  fi
  ((${#ids[@]})) && kill -s "$1" "${ids[@]}" 2>/dev/null
}

# The same key twice ends the run at once, but not within a second, as in the program (coupling/folder/stop_request.h).
ask_to_stop() { # SIGNAL
  local now=${EPOCHREALTIME//[!0-9]/}
  if [[ $asked == INT && $1 == INT ]] && ((now - asked_at > 1000000)); then
    end_at_once INT
  elif [[ -z $asked ]]; then
    asked=$1
    asked_at=$now
    if tell_ranks "$1"; then told=yes; fi # else as soon as there are any
  fi
}

end_at_once() { # SIGNAL
  asked=$1
  [[ -z $launched ]] || tell_ranks KILL || kill -KILL "$launched" 2>/dev/null || true
}

# Ctrl-Z: the ranks stand still as long as the shell does.
stand_still() {
  tell_ranks STOP || true
  kill -STOP $$
  tell_ranks CONT || true
}

mpirun_was_asked() {
  local key pending
  while read -r key pending; do
    [[ $key == ShdPnd: ]] && return $(((16#$pending & (1 << 14 | 1 << 1)) == 0)) # SIGTERM, SIGINT
  done
  return 1
}

# Sets `code`: the program's exit code; 128 + N where signal N ended it before there was a checkpoint to write.
launch() { # RANKS PROGRAM ARGUMENTS...
  local mpi=() deaf=() moment=
  # One thread per rank: the ranks already take the cores.
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} DEAL_II_NUM_THREADS=${DEAL_II_NUM_THREADS:-1}
  if ((EUID == 0)); then # OpenMPI refuses root unless told twice
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
  if (($1 > 1)); then
    # Unbound: OpenMPI would put the ranks of two runs side by side on the same cores.
    mpi=(mpirun --quiet --oversubscribe --bind-to none -n "$1")
    deaf=(--block-signal=TERM --block-signal=INT)
    with_mpirun=yes
  fi
  shift

  trap 'ask_to_stop INT' INT
  trap 'ask_to_stop TERM' TERM HUP
  trap 'ask_to_stop USR1' USR1
  trap 'end_at_once QUIT' QUIT
  trap stand_still TSTP
  # What a script puts into the background would ignore Ctrl-C for good.
  setsid env --default-signal=INT,QUIT "${deaf[@]}" "${mpi[@]}" "$@" </dev/null &
  launched=$!
  while kill -0 "$launched" 2>/dev/null; do # a trap ends the wait, not the run
    if [[ -z $with_mpirun || -n $told ]]; then
      wait "$launched" || true
    else
      sleep 0.5 &
      moment=$!
      wait -n "$launched" "$moment" || true
      if [[ -z $asked ]] && { mpirun_was_asked <"/proc/$launched/status"; } 2>/dev/null; then ask_to_stop TERM; fi
      if [[ -n $asked && -z $told ]] && tell_ranks "$asked"; then told=yes; fi
    fi
  done
  [[ -z $moment ]] || kill "$moment" 2>/dev/null || true
  code=0
  wait "$launched" || code=$?
  trap - INT TERM HUP USR1 QUIT TSTP

  if ((code >= 128)) && [[ -n $asked ]]; then # however the ranks came to their end, it was by this signal
    local -A number=([INT]=2 [QUIT]=3 [USR1]=10 [TERM]=15)
    code=$((128 + number[$asked]))
  fi
}
