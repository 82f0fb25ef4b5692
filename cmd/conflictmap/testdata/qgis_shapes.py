"""Opens and draws collections of an OGC API in QGIS without a screen and prints what QGIS makes of them as JSON.

Usage: /usr/bin/python3 qgis_shapes.py API_URL COLLECTION…
"""

import json
import sys

from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE = 300


def open_layer(api, collection):
    return QgsVectorLayer(f"url='{api}' typename='{collection}' pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84'", collection, "OAPIF")


def painted(layer, extent):
    """How many pixels are not background."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(SIZE) for y in range(SIZE))


def look(api, collection):
    layer = open_layer(api, collection)
    if not layer.isValid():
        return {"valid": False}
    ids, bare, extent = [], 0, QgsRectangle()
    apart = 0  # features that are drawn when they alone are asked for
    for f in layer.getFeatures():
        ids.append(f["id"])
        if f.geometry().isNull() or QgsWkbTypes.geometryType(f.geometry().wkbType()) != layer.geometryType():
            bare += 1
            continue
        box = f.geometry().boundingBox()
        extent.combineExtentWith(box)
        box.grow(0.05)
        if len(ids) <= 12 and painted(layer, box) > 0:
            apart += 1
    extent.grow(0.2)
    return {
        "valid": True,
        "geometry": QgsWkbTypes.displayString(QgsWkbTypes.flatType(layer.wkbType())),
        "ids": sorted(ids),
        "undrawn": bare,
        "apart": apart,
        "painted": painted(open_layer(api, collection), extent),
    }


def main(api, *collections):
    return {c: look(api, c) for c in collections}


app = QgsApplication([], False)
app.initQgis()
# No layer may outlive exitQgis, so all of them stay inside main.
print(json.dumps(main(*sys.argv[1:])))
app.exitQgis()
