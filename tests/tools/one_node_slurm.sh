#!/usr/bin/env bash
# A real SLURM (munged, slurmctld, slurmd) on this machine, for tests of job submission: own keys, ports and folders, so that it
# disturbs no other. Takes root and Debian's packages slurm-wlm and munge.
#
#   one_node_slurm.sh start DIR [CPUS]   prints the folder's slurm.conf, for the variable SLURM_CONF; CPUS may exceed the machine's
#   one_node_slurm.sh stop DIR           ends the three, and every job
#
# Exit code 77 with a reason: cannot be had here. 1: it did not come up; DIR holds what the daemons said.
set -euo pipefail

cannot() { echo "no SLURM for this test: $1" >&2 && exit 77; }

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Daemons outlive this script: in a session of their own, without its streams.
launch() {
  local name=$1
  shift
  setsid "$@" >"$dir/$name.out" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
}

write_configuration() {
  local host cpus=$1
  host=$(hostname -s)
  mkdir -p "$dir/state" "$dir/spool"
  # cred_expire: a requeued job waits that long, two minutes where nothing is said.
  cat >"$dir/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.running
SlurmdPidFile=$dir/slurmd.running
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
KillWait=20
MinJobAge=300
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$(awk '/MemTotal/ {print int($2 / 1024)}' /proc/meminfo) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
}

start() {
  local tool cpus=${1:-4}
  ((EUID == 0)) || cannot "one must be root to start its daemons"
  for tool in munged slurmctld slurmd sbatch python3; do
    command -v "$tool" >/dev/null || cannot "$tool is missing (Debian: slurm-wlm, munge)"
  done
  mkdir -p "$dir"
  chmod 755 "$dir"
  write_configuration "$cpus"
  export SLURM_CONF=$dir/slurm.conf
  (umask 077 && head -c 128 /dev/urandom >"$dir/munge.key")
  launch munged munged --foreground --force --key-file "$dir/munge.key" --socket "$dir/munge.socket" --pid-file "$dir/munged.running" \
    --log-file "$dir/munged.log" --seed-file "$dir/munge.seed"
  for _ in $(seq 50); do
    [[ -S $dir/munge.socket ]] && break
    sleep 0.1
  done
  launch slurmctld slurmctld -D
  launch slurmd slurmd -D
  for _ in $(seq 60); do
    if sinfo --noheader --format=%T 2>/dev/null | grep -q idle; then
      echo "$SLURM_CONF"
      return
    fi
    sleep 0.5
  done
  tail -n 20 "$dir"/*.out "$dir"/*.log >&2
  stop
  exit 1
}

stop() {
  local name
  if [[ -s $dir/slurmctld.pid ]]; then
    SLURM_CONF=$dir/slurm.conf timeout 10 scancel --quiet --user=root --signal=KILL --full || true
    SLURM_CONF=$dir/slurm.conf timeout 10 scancel --quiet --user=root || true
  fi
  for name in slurmd slurmctld munged; do
    if [[ -s $dir/$name.pid ]]; then
      kill "$(<"$dir/$name.pid")" 2>/dev/null || true
      # It writes its state to the last: the folder cannot be removed before.
      timeout 20 tail --pid="$(<"$dir/$name.pid")" --sleep-interval=0.1 --follow /dev/null || true
      rm "$dir/$name.pid"
    fi
  done
}

(($# >= 2)) || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
dir=$(realpath -m "$2")
case $1 in
  start) start "${3:-}" ;;
  stop) stop ;;
  *) echo "start or stop, not '$1'" >&2 && exit 2 ;;
esac
