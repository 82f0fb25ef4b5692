"""Opens all layers of a GeoPackage in QGIS without a screen, as somebody does who drags the
file into the window, and prints what QGIS sees as JSON.

Usage: /usr/bin/python3 qgis_package.py FILE DAY...

For each DAY (YYYY-MM-DD) the answer counts what the temporal controller shows on it.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsProviderRegistry,
    QgsVectorDataProvider,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime


def shown(layer, day):
    """Counts the features that the temporal controller shows on the day."""
    date = QDate.fromString(day, "yyyy-MM-dd")
    midnight = QTime(0, 0)
    during = QgsDateTimeRange(QDateTime(date, midnight, Qt.UTC), QDateTime(date.addDays(1), midnight, Qt.UTC), True, False)
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    wanted = layer.temporalProperties().createFilterString(context, during)
    return sum(1 for _ in layer.getFeatures(wanted))


def categories(layer):
    renderer = layer.renderer()
    if renderer is None or renderer.type() != "categorizedSymbol":
        return {}
    return {c.value(): c.symbol().color().name() for c in renderer.categories()}


def look(layer, days):
    _, styled = layer.loadDefaultStyle()
    temporal = layer.temporalProperties()
    return {
        "valid": layer.isValid(),
        "type": QgsWkbTypes.displayString(layer.wkbType()),
        "features": sum(1 for _ in layer.getFeatures()),
        "indexed": layer.dataProvider().hasSpatialIndex() == QgsVectorDataProvider.SpatialIndexPresent,
        "fields": {f.name(): f.typeName() for f in layer.fields()},
        "styled": styled,
        "renderer": layer.renderer().type() if layer.renderer() else "",
        "colours": categories(layer),
        "temporal": temporal.isActive(),
        "shown": [shown(layer, day) for day in days] if temporal.isActive() else [],
        "about": layer.metadata().abstract(),
    }


def main(path, days):
    sublayers = QgsProviderRegistry.instance().providerMetadata("ogr").querySublayers(path)
    return {s.name(): look(QgsVectorLayer(s.uri(), s.name(), "ogr"), days) for s in sublayers}


app = QgsApplication([], False)
app.initQgis()
# No layer may outlive exitQgis, so all of them stay inside main.
print(json.dumps(main(sys.argv[1], sys.argv[2:])))
app.exitQgis()
