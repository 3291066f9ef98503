#!/bin/sh
# Starts the station with what this PC says about it.
if [ -z "${STATION_DATA_FOLDER:-}" ] && [ -r /etc/station/station.conf ]; then
    . /etc/station/station.conf
fi
[ -z "${STATION_DATA_FOLDER:-}" ] || export STATION_DATA_FOLDER
umask 002 # whoever is of the group may go on with what another began
exec /usr/lib/station/station "$@"
