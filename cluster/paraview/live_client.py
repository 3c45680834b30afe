#!/usr/bin/env pvpython
"""Watches a running heart without a window: waits for a run with in_situ.live, reads a field, pauses the run, lets it go on.

usage: pvpython live_client.py [--port 22222] [--channel surface] [--field transmembrane_potential_mV] [--pause SECONDS]

Prints a line of JSON per event, the last one being {"event": "resumed", ...}. The same calls work in ParaView's Python shell.
"""
import argparse
import json
import sys
import time

from paraview.live import ConnectToCatalyst, ExtractCatalystData, PauseCatalyst, ProcessServerNotifications
from paraview.simple import *


def say(event, **facts):
    print(json.dumps({'event': event, **facts}), flush=True)


def wait_for(what, condition, limit):
    """Serves the connection until `condition` gives something."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        ProcessServerNotifications()
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    say('failed', waiting_for=what)
    sys.exit(1)


def channel_of(link, name):
    """The run's source of that name, once the run has connected and named its sources."""
    manager = link.GetInsituProxyManager()
    return manager is not None and manager.GetProxy('sources', name)


def values(source, field):
    """Points and range of a field; None while nothing has come. The range alone travels from the run's ranks."""
    source.UpdatePipeline()
    information = source.GetDataInformation()
    array = information.GetPointDataInformation().GetArrayInformation(field) if information else None
    if array is None:
        return None
    low, high = array.GetComponentRange(0)
    return {'points': information.GetNumberOfPoints(), 'low': low, 'high': high}


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--port', type=int, default=22222)
    options.add_argument('--channel', default='surface')
    options.add_argument('--field', default='transmembrane_potential_mV')
    options.add_argument('--pause', type=float, default=2.0, help='seconds')
    options.add_argument('--limit', type=float, default=300.0, help='seconds to wait for the run')
    options = options.parse_args()

    display = servermanager.ActiveConnection.Session
    link = ConnectToCatalyst('localhost', options.port)
    say('waiting', port=options.port)
    wait_for('the run', lambda: channel_of(link, options.channel), options.limit)
    say('connected')
    proxy = link.CreateExtract('sources', options.channel, 0)
    display.GetSessionProxyManager().RegisterProxy('sources', options.channel, proxy)
    source = FindSource(options.channel)
    seen = wait_for('the field', lambda: values(source, options.field), options.limit)
    say('read', field=options.field, **seen)

    PauseCatalyst(link, True)
    end = time.monotonic() + options.pause
    say('paused', wall=time.time())
    while time.monotonic() < end:
        ProcessServerNotifications()
        time.sleep(0.02)
    PauseCatalyst(link, False)
    say('resumed', wall=time.time())
    for _ in range(20):
        ProcessServerNotifications()
        time.sleep(0.02)


main()
