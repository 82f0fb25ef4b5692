"""Opens a QGIS project of many events and prints what each layer shows near by and from afar as JSON.

Usage: /usr/bin/python3 qgis_large.py FILE WEST SOUTH EAST NORTH
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SIZE = 400


def painted(layer, extent, crs):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(SIZE) for y in range(SIZE))


def main(file, *box):
    project = QgsProject.instance()
    project.read(file)
    crs = project.crs()
    box = QgsRectangle(*map(float, box))
    to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, project)
    far = project.viewSettings().defaultViewExtent()
    layers = []
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        seen = {"name": layer.name(), "valid": layer.isValid(), "provider": layer.providerType(), "far": painted(layer, far, crs)}
        if isinstance(layer, QgsVectorLayer) and layer.providerType() == "OAPIF":
            features = list(layer.getFeatures(QgsFeatureRequest().setFilterRect(box).setFlags(QgsFeatureRequest.ExactIntersect)))
            seen["ids"] = sorted(f["id"] for f in features)
            seen["temporal"] = layer.temporalProperties().isActive()
            if features:
                extent = to_map.transformBoundingBox(QgsRectangle.fromCenterAndSize(features[0].geometry().pointOnSurface().asPoint(), 0.2, 0.2))
                seen["near"] = painted(layer, extent, crs)
        layers.append(seen)
    project.clear()
    return layers


app = QgsApplication([], False)
app.initQgis()
# No layer may outlive exitQgis, so all of them stay inside main.
print(json.dumps(main(*sys.argv[1:])))
app.exitQgis()
