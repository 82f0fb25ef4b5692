"""Opens the collections of an OGC API in QGIS without a screen and prints what QGIS sees as JSON.

Usage: /usr/bin/python3 qgis_oapif.py API_URL WEST SOUTH EAST NORTH EXPRESSION FIRST_DAY LAST_DAY
"""

import json
import sys
from collections import Counter

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsFeatureRequest,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsVectorLayerTemporalProperties,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt


def ids(layer, request=None):
    return sorted(str(f["id"]) for f in layer.getFeatures(request or QgsFeatureRequest()))


def look(api, collection, box, expression, days):
    layer = QgsVectorLayer(f"url='{api}' typename='{collection}' pagingEnabled='true' srsname='OGC:CRS84'", collection, "OAPIF")
    if not layer.isValid():
        return {"valid": False, "error": layer.error().message() + layer.dataProvider().error().message()}
    # As users set it who have much data: only what the map shows is asked for.
    near = QgsVectorLayer(layer.source() + " restrictToRequestBBOX='1'", collection, "OAPIF")
    exact = QgsFeatureRequest().setFilterRect(box).setFlags(QgsFeatureRequest.ExactIntersect)
    start, end = ("first", "last") if collection == "places" else ("from", "to")
    temporal = layer.temporalProperties()
    temporal.setMode(QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromFields)
    temporal.setStartField(start)
    temporal.setEndField(end)
    temporal.setIsActive(True)
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    during = temporal.createFilterString(context, days)
    geometries = Counter()
    for feature in layer.getFeatures():
        geometries[QgsWkbTypes.displayString(feature.geometry().wkbType())] += 1
    return {
        "valid": True,
        "count": layer.featureCount(),
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "geometries": geometries,
        "fields": {f.name(): f.typeName() for f in layer.fields()},
        "ids": ids(layer),
        "in_box": ids(near, exact),
        "where": ids(layer, QgsFeatureRequest().setFilterExpression(expression)) if collection != "places" else [],
        "during": ids(layer, QgsFeatureRequest().setFilterExpression(during)),
    }


def main(api, west, south, east, north, expression, first, last):
    days = QgsDateTimeRange(QDateTime.fromString(first + "T00:00:00Z", Qt.ISODate), QDateTime.fromString(last + "T23:59:59Z", Qt.ISODate))
    box = QgsRectangle(float(west), float(south), float(east), float(north))
    return {c: look(api, c, box, expression, days) for c in ("events", "mentions", "places")}


app = QgsApplication([], False)
app.initQgis()
# No layer may outlive exitQgis, so all of them stay inside main.
print(json.dumps(main(*sys.argv[1:])))
app.exitQgis()
