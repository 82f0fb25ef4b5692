"""Opens a vector layer by URL in QGIS without a screen and prints what QGIS sees as JSON.

Usage: /usr/bin/python3 qgis_layer.py URL
"""

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer, QgsWkbTypes


def sublayers(layer, url):
    """QGIS splits a layer by kind of geometry and reads only one at a time."""
    yield layer
    for line in layer.dataProvider().subLayers() if layer.isValid() else []:
        parts = line.split("!!::!!")
        if len(parts) > 3:
            yield QgsVectorLayer(f"{url}|layername={parts[1]}|geometrytype={parts[3]}", parts[3], "ogr")


def look(url):
    layer = QgsVectorLayer(url, "layer", "ogr")
    values, geometries, features = {}, set(), set()
    for part in sublayers(layer, url):
        for feature in part.getFeatures():
            features.add(str(feature["id"]))
            geometries.add(QgsWkbTypes.displayString(feature.geometry().wkbType()))
            for field in part.fields():
                values.setdefault(field.name(), set()).add(type(feature[field.name()]).__name__)
    return {
        "valid": layer.isValid(),
        "error": layer.error().message() + layer.dataProvider().error().message(),
        "fields": {f.name(): f.typeName() for f in layer.fields()},
        "values": {name: sorted(types) for name, types in values.items()},
        "features": len(features),
        "geometries": sorted(geometries),
    }


app = QgsApplication([], False)
app.initQgis()
# No layer may outlive exitQgis, so all of them stay inside look.
print(json.dumps(look(sys.argv[1])))
app.exitQgis()
